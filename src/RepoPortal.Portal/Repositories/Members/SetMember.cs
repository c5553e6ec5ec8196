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
    /// <param name="grant">Read, write or owner, and until when.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<MemberView>> ExecuteAsync(
        string name, string user, NewGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        if (grant.Refuse(time.GetUtcNow()) is { } wrong)
            return wrong;
        var set = await contexts.UndisturbedAsync(record => SetAsync(record, name, user, grant, actor, cancellationToken), cancellationToken);
        if (!set.Succeeded(out var done, out var refusal))
            return refusal;
        await changes.PublishAsync(done.Member.RepositoryId, done.IsLowered ? Losses.Of(done.Member.User) : null);
        return MemberView.Of(done.Member);
    }

    /// <summary>What it would be refused with; nothing comes of it.</summary>
    internal async Task<Refusal?> RehearseAsync(string name, string user, NewGrant grant, Actor actor, CancellationToken cancellationToken) =>
        grant.Refuse(time.GetUtcNow()) ?? (await contexts.RehearseAsync(record => SetAsync(record, name, user, grant, actor, cancellationToken), cancellationToken)).Refusal;

    private async Task<Outcome<SetMembership>> SetAsync(
        RecordContext record, string name, string user, NewGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "decide about its members", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (!UserName.TryParse(user, out var parsed, out _)
            || await record.Users.WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { } person)
        {
            return Refusal.NotFound($"There is nobody called '{user}' here; invite them by e-mail instead.");
        }

        var now = time.GetUtcNow();
        var before = repository.Members.SingleOrDefault(candidate => candidate.UserId == person.Id) is { } present ? new NewGrant(present.Access, present.EndsAt) : default;
        if (before == grant)
            return new SetMembership(repository.Members.Single(candidate => candidate.UserId == person.Id), IsLowered: false);
        if (!person.IsActive(now))
            return Refusal.Conflict($"'{person.Name}' is suspended or has ended, and cannot be given access.");
        var member = Grants.Give(repository, person, grant, actor, now);
        if (before.Access == AccessLevel.Owner && OwnerRules.RefuseLosing(repository, person.Name.Value, actor, now) is { } kept)
            return kept;
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.MemberSet, person.Name.Value, repository.Id, new { access = Spelling.Of(grant.Access), endsAt = grant.EndsAt }));
        await record.SaveChangesAsync(cancellationToken);
        return new SetMembership(member, grant.Access < before.Access);
    }

    private sealed record SetMembership(Membership Member, bool IsLowered);
}
