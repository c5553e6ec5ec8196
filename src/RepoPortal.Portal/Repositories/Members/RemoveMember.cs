using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Ends somebody's own access to a repository. Members who are not owners may remove themselves.</summary>
internal sealed class RemoveMember(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, string user, Actor actor, CancellationToken cancellationToken)
    {
        var removed = await contexts.UndisturbedAsync(record => RemoveAsync(record, name, user, actor, cancellationToken), cancellationToken);
        if (!removed.Succeeded(out var repository, out var refusal))
            return refusal;
        await changes.PublishAsync(repository.Id, Losses.Of(UserName.Parse(user)));
        return Done.Instance;
    }

    private async Task<Outcome<Repository>> RemoveAsync(
        RecordContext record, string name, string user, Actor actor, CancellationToken cancellationToken)
    {
        var isOneself = actor.Name?.Value == user;
        var found = isOneself
            ? await record.FindVisibleAsync(name, actor, cancellationToken)
            : await record.FindManagedAsync(name, actor, "decide about its members", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        if (repository.Members.SingleOrDefault(candidate => candidate.User.UserName == user) is not { } member)
            return Refusal.NotFound($"'{user}' is not a member of this repository.");
        Grants.Take(repository, member);
        var now = time.GetUtcNow();
        if (member.Access == AccessLevel.Owner && OwnerRules.RefuseLosing(repository, user, actor, now) is { } refusal)
            return refusal;
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.MemberRemoved, user, repository.Id, new { access = Spelling.Of(member.Access) }));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}
