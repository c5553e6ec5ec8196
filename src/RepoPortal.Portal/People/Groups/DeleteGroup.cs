using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Groups;

/// <summary>Deletes a group that no repository names.</summary>
internal sealed class DeleteGroup(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    private const int MostNamed = 5;

    internal Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => DeleteAsync(record, name, actor, cancellationToken), cancellationToken);

    private async Task<Outcome<Done>> DeleteAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.Groups.FindManagedAsync(name, actor, "delete it", cancellationToken);
        if (!found.Succeeded(out var group, out var refusal))
            return refusal;
        var (seen, unseen) = await GroupUse.FindAsync(record, group, actor, cancellationToken);
        if (seen.Count + unseen > 0)
            return Refusal.Conflict($"The group '{group.Name}' is in use by {Describe(seen, unseen)}; take it out there first.");
        // A repository that begins to name the group meanwhile makes its version grow, so that one of the two starts again.
        record.Remove(group);
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.GroupDeleted, group.Name.Value));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }

    private static string Describe(IReadOnlyList<GroupUse> seen, int unseen)
    {
        var named = string.Join(", ", seen.Take(MostNamed).Select(use => $"'{use.Repository}'"));
        var more = unseen + Math.Max(seen.Count - MostNamed, 0);
        if (seen.Count == 0)
            return more == 1 ? "a repository that you may not see" : $"{more} repositories that you may not see";
        return more == 0 ? named : $"{named} and {more} more";
    }
}
