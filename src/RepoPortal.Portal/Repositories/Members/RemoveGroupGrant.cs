using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Ends a group's access to a repository.</summary>
internal sealed class RemoveGroupGrant(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, string group, Actor actor, CancellationToken cancellationToken)
    {
        var removed = await contexts.UndisturbedAsync(record => RemoveAsync(record, name, group, actor, cancellationToken), cancellationToken);
        if (!removed.Succeeded(out var done, out var refusal))
            return refusal;
        await changes.PublishAsync(done.Repository, Losses.Of(done.Grant.Group));
        return Done.Instance;
    }

    private async Task<Outcome<RemovedGrant>> RemoveAsync(
        RecordContext record, string name, string group, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "decide about its members", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.GroupGrants.SingleOrDefault(candidate => candidate.Group.Name.Value == group) is not { } grant)
            return Refusal.NotFound($"The group '{group}' has no access to this repository.");
        Grants.Take(repository, grant);
        var now = time.GetUtcNow();
        if (grant.Access == AccessLevel.Owner && OwnerRules.RefuseLosing(repository, group, actor, now) is { } kept)
            return kept;
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.GroupGrantRemoved, group, repository.Id, new { access = Spelling.Of(grant.Access) }));
        await record.SaveChangesAsync(cancellationToken);
        return new RemovedGrant(repository.Id, grant);
    }

    private sealed record RemovedGrant(RepositoryId Repository, GroupGrant Grant);
}
