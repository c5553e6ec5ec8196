namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>The path rules of a repository as they are.</summary>
/// <param name="Version">Their version; 0 before the first.</param>
/// <param name="Rules">The rules, by path.</param>
/// <param name="At">When they were saved; null before the first.</param>
/// <param name="By">Who saved them; null before the first.</param>
/// <param name="AccessFile">The access file that libsvn reads.</param>
internal sealed record RulesView(int Version, IReadOnlyList<PathRule> Rules, DateTimeOffset? At, string? By, string AccessFile);

/// <summary>Shows the path rules. They name paths, so only owners and administrators see them.</summary>
internal sealed class ViewRules(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<Outcome<RulesView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see its path rules", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var present = repository.RuleSets.SingleOrDefault();
        return new RulesView(
            repository.RulesVersion, RuleOrder.Sort(RuleDocument.Read(repository)), present?.At, present?.By, AccessFileText.Render(AccessModel.Of(repository, time.GetUtcNow())));
    }
}
