using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Gives somebody access to a repository, or changes what they have.</summary>
internal sealed class SetMember(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="user">The person's user name.</param>
    /// <param name="access">Read, write or owner.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<MemberView>> ExecuteAsync(
        string name, string user, AccessLevel access, Actor actor, CancellationToken cancellationToken)
    {
        if (access == AccessLevel.None)
            return Refusal.Invalid("access", "'none' is not an access somebody can be given; remove the member instead.");
        var set = await contexts.UndisturbedAsync(record => SetAsync(record, name, user, access, actor, cancellationToken), cancellationToken);
        if (!set.Succeeded(out var member, out var refusal))
            return refusal;
        await changes.PublishAsync(member.Repository.Name);
        return MemberView.Of(member);
    }

    private async Task<Outcome<Membership>> SetAsync(
        RecordContext record, string name, string user, AccessLevel access, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.Repositories.FindManagedAsync(name, actor, "decide about its members", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (!UserName.TryParse(user, out var parsed, out _)
            || await record.Users.WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { } person)
        {
            return Refusal.NotFound($"There is nobody called '{user}' here; invite them by e-mail instead.");
        }

        var member = repository.Members.SingleOrDefault(candidate => candidate.UserId == person.Id);
        if (member?.Access == access)
            return member;
        if (person.Status == UserStatus.Suspended)
            return Refusal.Conflict($"'{person.Name}' is suspended and cannot be given access.");
        if (member is { Access: AccessLevel.Owner } && OwnerRules.RefuseLosing(repository, member, actor) is { } kept)
            return kept;
        member = Grants.Give(repository, person, access, actor, time.GetUtcNow());
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), actor, AuditAction.MemberSet, person.Name.Value, repository.Id, new { access = Spelling.Of(access) }));
        await record.SaveChangesAsync(cancellationToken);
        return member;
    }
}
