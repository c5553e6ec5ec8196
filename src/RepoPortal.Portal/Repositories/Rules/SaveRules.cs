using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>A whole set of rules that somebody wants.</summary>
/// <param name="Rules">The rules; none takes all away.</param>
/// <param name="BasedOn">The version they were edited from; null overwrites whichever there is.</param>
/// <param name="DryRun">True to learn what would change and save nothing.</param>
internal sealed record WantedRules(IReadOnlyList<WrittenRule?> Rules, int? BasedOn = null, bool DryRun = false);

/// <summary>A set that was saved, or would be.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Version">The version that is present now.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Difference">What changed by them for whom.</param>
internal sealed record SavedRules(RepositoryId Repository, int Version, IReadOnlyList<PathRule> Rules, AccessDifference Difference);

/// <summary>Replaces the path rules of a repository, and says who gains and who loses what by it.</summary>
internal sealed class SaveRules(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<SavedRules>> ExecuteAsync(string name, WantedRules wanted, Actor actor, CancellationToken cancellationToken)
    {
        if (!ParsedRules.Parse(wanted.Rules).Succeeded(out var rules, out var wrong))
            return wrong;
        var saved = await contexts.UndisturbedAsync(record => SaveAsync(record, name, rules, wanted, actor, cancellationToken), cancellationToken);
        if (saved.Succeeded(out var done, out _) && !wanted.DryRun)
            await changes.PublishAsync(done.Repository, done.Difference.Loss);
        return saved;
    }

    private async Task<Outcome<SavedRules>> SaveAsync(
        RecordContext record, string name, IReadOnlyList<PathRule> rules, WantedRules wanted, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "decide about its path rules", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (wanted.BasedOn is { } basedOn && basedOn != repository.RulesVersion)
            return Refusal.Conflict("Somebody else has saved other rules meanwhile. Open the rules again and make the change on top of theirs.");
        var named = await NamedByRules.FindAsync(record, rules, cancellationToken);
        if (!named.Succeeded(out var groups, out refusal))
            return refusal;

        var now = time.GetUtcNow();
        AddGroups(repository, groups);
        var present = RuleDocument.Read(repository);
        var (before, after) = (AccessModel.Of(repository, present, now), AccessModel.Of(repository, rules, now));
        if (LockOut.Refuse(repository, before, after, actor, now) is { } lockedOut)
            return lockedOut;
        var difference = AccessDifference.Between(before, after);
        if (!wanted.DryRun && !present.ToHashSet().SetEquals(rules))
        {
            Replace(record, repository, present, rules, groups, actor, now);
            await record.SaveChangesAsync(cancellationToken);
        }

        return new SavedRules(repository.Id, repository.RulesVersion, rules, difference);
    }

    private static void AddGroups(Repository repository, IReadOnlyList<Group> groups)
    {
        foreach (var group in groups.ExceptBy(repository.RuleGroups.Select(known => known.GroupId), group => group.Id).ToList())
        {
            repository.RuleGroups.Add(new RuleGroup { RepositoryId = repository.Id, GroupId = group.Id, Group = group });
            group.Version++; // a change of its members at the same time must see this repository
        }
    }

    private static void Replace(
        RecordContext record, Repository repository, IReadOnlyList<PathRule> present, IReadOnlyList<PathRule> rules, IReadOnlyList<Group> groups, Actor actor, DateTimeOffset now)
    {
        foreach (var gone in repository.RuleGroups.ExceptBy(groups.Select(group => group.Id), known => known.GroupId).ToList())
            repository.RuleGroups.Remove(gone);
        foreach (var earlier in repository.RuleSets.Where(earlier => earlier.IsPresent))
            earlier.IsPresent = false;
        var changes = RuleChanges.Between(present, rules);
        repository.RulesVersion++;
        repository.AccessVersion++;
        record.Add(new RuleSet
        {
            RepositoryId = repository.Id,
            Version = repository.RulesVersion,
            Rules = RuleDocument.Write(rules),
            IsPresent = true,
            Count = rules.Count,
            At = now,
            By = actor.Label,
        });
        record.Add(AuditEntry.Of(now, actor, AuditAction.RulesChanged, repository.Name.Value, repository.Id, new
        {
            version = repository.RulesVersion,
            count = rules.Count,
            added = changes.Added.Count,
            removed = changes.Removed.Count,
            changed = changes.Changed.Count,
        }));
    }
}
