namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>A set of rules that is or was in force.</summary>
/// <param name="Version">Its version.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who saved it.</param>
/// <param name="IsPresent">Whether it is in force.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Changes">What was other in the version before.</param>
internal sealed record RuleSetView(int Version, DateTimeOffset At, string By, bool IsPresent, IReadOnlyList<PathRule> Rules, RuleChanges Changes);

/// <summary>Lists the versions of a repository's path rules, the youngest first.</summary>
internal sealed class ListRuleSets(IDbContextFactory<RecordContext> contexts)
{
    private const int Most = 100;

    /// <param name="name">The repository's name.</param>
    /// <param name="limit">The most versions wanted; at most 100 are given.</param>
    /// <param name="before">Only versions older than this one; null to begin with the youngest.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RuleSetView[]>> ExecuteAsync(string name, int limit, int? before, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see its path rules", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        // One more than is shown: each is compared with the one before it.
        var sets = await record.RuleSets.Where(set => set.RepositoryId == repository.Id && (before == null || set.Version < before))
            .OrderByDescending(set => set.Version).Take(Math.Clamp(limit, 1, Most) + 1).AsNoTracking().ToListAsync(cancellationToken);
        var rules = sets.Select(set => RuleOrder.Sort(RuleDocument.Read(set.Rules))).Append([]).ToList();
        return sets.Take(Math.Clamp(limit, 1, Most)).Select((set, index) => new RuleSetView(
            set.Version, set.At, set.By, set.IsPresent, rules[index], RuleChanges.Between(rules[index + 1], rules[index]))).ToArray();
    }
}
