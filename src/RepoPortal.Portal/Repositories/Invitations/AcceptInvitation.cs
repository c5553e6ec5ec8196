using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>The account that an invitee makes for themselves; the address is the invitation's.</summary>
/// <param name="Name">The user name as typed.</param>
/// <param name="DisplayName">The name for people; empty: the user name.</param>
/// <param name="Password">The password.</param>
/// <param name="Affiliation">The institution they come from; may be empty.</param>
public sealed record InviteeAccount(string Name, string? DisplayName, string Password, string? Affiliation = null);

/// <summary>An invitation that was accepted.</summary>
/// <param name="Id">The repository it led to.</param>
/// <param name="Repository">That repository's name.</param>
/// <param name="User">Who accepted.</param>
public sealed record AcceptedInvitation(RepositoryId Id, RepositoryName Repository, UserName User);

/// <summary>Turns an invitation into a membership, once. Of two people at once one wins; the same person twice is harmless.</summary>
internal sealed class AcceptInvitation(IDbContextFactory<RecordContext> contexts, Accounts accounts, AccessChanges changes, TimeProvider time)
{
    /// <summary>Accepts as the person who is signed in.</summary>
    internal async Task<Outcome<AcceptedInvitation>> ExecuteAsync(string? secret, Actor actor, CancellationToken cancellationToken) =>
        await PublishAsync(await contexts.UndisturbedAsync(record => AcceptAsync(record, secret, actor, cancellationToken), cancellationToken));

    /// <summary>Accepts with a new external account, in the same save.</summary>
    internal async Task<Outcome<AcceptedInvitation>> ExecuteAsync(string? secret, InviteeAccount account, CancellationToken cancellationToken)
    {
        // Before the password is hashed, so that a guessed link costs nothing.
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await InvitationRules.FindAsync(record.Invitations.AsNoTracking(), secret, cancellationToken) is not { } invitation)
            return InvitationRules.Unknown;
        if (!(await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(UserKind.External))
            return Refusal.Forbidden("Accounts with a password are not in use here; sign in through your institution, then open the link again.");
        var wanted = new NewAccount(account.Name, invitation.Email, account.DisplayName, account.Password, UserKind.External, Affiliation: account.Affiliation);
        if (!(await accounts.PrepareAsync(wanted)).Succeeded(out var user, out var refusal))
            return refusal;
        return await PublishAsync(await contexts.UndisturbedAsync(attempt => AcceptAsync(attempt, secret, user, cancellationToken), cancellationToken));
    }

    private async Task<Outcome<AcceptedInvitation>> AcceptAsync(
        RecordContext record, string? secret, Actor actor, CancellationToken cancellationToken)
    {
        if (await InvitationRules.FindAsync(record.Invitations, secret, cancellationToken) is not { } invitation)
            return InvitationRules.Unknown;
        var user = await record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
        if (invitation.AcceptedById == user.Id)
            return new AcceptedInvitation(invitation.RepositoryId, await NameAsync(record, invitation, cancellationToken), user.Name);
        if (InvitationRules.RefuseOver(invitation, time.GetUtcNow()) is { } over)
            return over;
        if (user.NormalizedEmail != invitation.NormalizedEmail)
            return Refusal.Forbidden($"This invitation was sent to {invitation.Email}; you are signed in with another address. Sign in with that account, or ask to be invited at yours.");
        return await GrantAsync(record, invitation, user, cancellationToken);
    }

    private async Task<Outcome<AcceptedInvitation>> AcceptAsync(RecordContext record, string? secret, User user, CancellationToken cancellationToken)
    {
        if (await InvitationRules.FindAsync(record.Invitations, secret, cancellationToken) is not { } invitation)
            return InvitationRules.Unknown;
        if (InvitationRules.RefuseOver(invitation, time.GetUtcNow()) is { } over)
            return over;
        if (await record.Users.AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail, cancellationToken))
            return Refusal.Conflict("There is already an account for this e-mail address; sign in to accept.", "email");
        if (await record.Users.AnyAsync(other => other.NormalizedUserName == user.NormalizedUserName, cancellationToken))
            return await Accounts.RefuseTakenAsync(record, user, cancellationToken);
        user.EmailConfirmed = true;
        user.SponsorId = invitation.InviterId;
        ExternalTerm.Begin(user, ExternalTerm.EndOf(await record.PolicyAsync(cancellationToken), time.GetUtcNow()), time.GetUtcNow());
        record.Add(user);
        record.Add(AuditEntry.Of(time.GetUtcNow(), Actor.Of(user), AuditAction.UserAdded, user.UserName!, detail: new { kind = Spelling.Of(user.Kind) }));
        return await GrantAsync(record, invitation, user, cancellationToken);
    }

    private async Task<Outcome<AcceptedInvitation>> GrantAsync(
        RecordContext record, Invitation invitation, User user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var repository = await record.Repositories.Whole().SingleAsync(candidate => candidate.Id == invitation.RepositoryId, cancellationToken);
        if (repository.IsGone)
            return Refusal.Gone("The repository that this invitation leads to was deleted.");
        var present = repository.Members.SingleOrDefault(member => member.UserId == user.Id);
        if (present is null || present.Access < invitation.Access)
            Grants.Give(repository, user, new NewGrant(invitation.Access, invitation.AccessEndsAt), invitation.Inviter is { } inviter ? Actor.Of(inviter) : Actor.Operator, now);
        (invitation.AcceptedAt, invitation.AcceptedById) = (now, user.Id);
        record.Add(AuditEntry.Of(
            now, Actor.Of(user), AuditAction.InvitationAccepted, invitation.Email, repository.Id, new { invitation.Id, access = Spelling.Of(invitation.Access) }));
        await record.SaveChangesAsync(cancellationToken);
        return new AcceptedInvitation(repository.Id, repository.Name, user.Name);
    }

    private async Task<Outcome<AcceptedInvitation>> PublishAsync(Outcome<AcceptedInvitation> outcome)
    {
        if (outcome.Refusal is null)
            await changes.PublishAsync(outcome.Value.Id);
        return outcome;
    }

    private static Task<RepositoryName> NameAsync(RecordContext record, Invitation invitation, CancellationToken cancellationToken) =>
        record.Repositories.Where(row => row.Id == invitation.RepositoryId).Select(row => row.Name).SingleAsync(cancellationToken);
}
