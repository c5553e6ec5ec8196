using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Gives a group access to a repository, or changes what it has.</summary>
internal sealed class SetGroupGrant(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="group">The group's name.</param>
    /// <param name="grant">Read, write or owner, and until when.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<GroupGrantView>> ExecuteAsync(
        string name, string group, NewGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        if (grant.Refuse(time.GetUtcNow()) is { } wrong)
            return wrong;
        var set = await contexts.UndisturbedAsync(record => SetAsync(record, name, group, grant, actor, cancellationToken), cancellationToken);
        if (!set.Succeeded(out var done, out var refusal))
            return refusal;
        await changes.PublishAsync(done.Repository, done.IsLowered ? Losses.Of(done.Grant.Group) : null);
        return GroupGrantView.Of(done.Grant);
    }

    private async Task<Outcome<SetGrant>> SetAsync(
        RecordContext record, string name, string groupName, NewGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "decide about its members", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (!(await record.Groups.FindVisibleAsync(groupName, actor, cancellationToken)).Succeeded(out var group, out refusal))
            return refusal;

        var now = time.GetUtcNow();
        var present = repository.GroupGrants.SingleOrDefault(candidate => candidate.GroupId == group.Id);
        var before = present is null ? default : new NewGrant(present.Access, present.EndsAt);
        if (before == grant)
            return new SetGrant(repository.Id, present!, IsLowered: false);
        var given = Grants.Give(repository, group, grant, actor, now);
        if (before.Access == AccessLevel.Owner && OwnerRules.RefuseLosing(repository, group.Name.Value, actor, now) is { } kept)
            return kept;
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.GroupGranted, group.Name.Value, repository.Id, new { access = Spelling.Of(grant.Access), endsAt = grant.EndsAt }));
        await record.SaveChangesAsync(cancellationToken);
        return new SetGrant(repository.Id, given, grant.Access < before.Access);
    }

    private sealed record SetGrant(RepositoryId Repository, GroupGrant Grant, bool IsLowered);
}
