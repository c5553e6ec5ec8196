using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Somebody to be invited.</summary>
/// <param name="Email">Their address as typed.</param>
/// <param name="Access">Read or write.</param>
/// <param name="AccessEndsAt">When that access ends, in UTC; null for no end of its own.</param>
public sealed record NewInvitation(string Email, AccessLevel Access, DateTimeOffset? AccessEndsAt = null);

/// <summary>An invitation that was sent.</summary>
/// <param name="Id">Its row.</param>
/// <param name="AcceptUrl">The link in the mail. Whoever invites may pass it on as well: they decide about access anyway.</param>
/// <param name="Code">What can be typed in place of following the link; shown to the inviter this once.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="IsMailed">False when mail is off, and the link has to be passed on by hand.</param>
public sealed record SentInvitation(Guid Id, string AcceptUrl, string Code, DateTimeOffset ExpiresAt, bool IsMailed);

/// <summary>Invites somebody by e-mail. Inviting an address again renews its invitation: the link sent before stops working.</summary>
internal sealed class InviteCollaborator(
    IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, TimeProvider time)
{
    internal async Task<Outcome<SentInvitation>> ExecuteAsync(string name, NewInvitation request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.Access is not (AccessLevel.Read or AccessLevel.Write))
            return Refusal.Invalid("access", "An invitation gives 'read' or 'write'; make somebody an owner after they have joined.");
        if (new NewGrant(request.Access, request.AccessEndsAt).Refuse(time.GetUtcNow()) is { } wrong)
            return wrong;
        if (!EmailAddress.TryParse(request.Email, out var email, out var sentence))
            return Refusal.Invalid("email", sentence);
        var sent = await contexts.UndisturbedAsync(
            record => InviteAsync(record, name, email, new NewGrant(request.Access, request.AccessEndsAt), actor, cancellationToken), cancellationToken);
        if (sent.Refusal is null)
            outbox.Wake();
        return sent;
    }

    private async Task<Outcome<SentInvitation>> InviteAsync(
        RecordContext record, string name, EmailAddress email, NewGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "invite people", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.Members.FirstOrDefault(candidate => candidate.User.NormalizedEmail == email.Normalized) is { } member)
            return Refusal.Conflict($"{email} is a member already, as '{member.User.UserName}'.", "email");

        var (secret, code) = (InvitationSecret.Create(), InvitationCode.Create());
        var now = time.GetUtcNow();
        var invitation = await record.Invitations.SingleOrDefaultAsync(
            open => open.RepositoryId == repository.Id && open.NormalizedEmail == email.Normalized && open.AcceptedAt == null && open.RevokedAt == null,
            cancellationToken) ?? Add(record, repository, email);
        (invitation.Email, invitation.Access, invitation.AccessEndsAt, invitation.InviterId) = (email.Value, grant.Access, grant.EndsAt, actor.UserId);
        (invitation.Secret, invitation.Code) = (TokenDigest.Of(secret), InvitationCode.DigestOf(code));
        (invitation.CreatedAt, invitation.ExpiresAt) = (now, now + Invitation.Lifetime);

        var inviter = await record.Users.Where(user => user.Id == actor.UserId).Select(user => user.DisplayName).SingleOrDefaultAsync(cancellationToken);
        var link = address.Invitation(secret);
        var isMailed = outbox.Add(record, InvitationMail.Write(email, repository, inviter, grant.Access, link, code, address.InvitationCode, invitation.ExpiresAt));
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.InvitationSent, email.Value, repository.Id, new { invitation.Id, access = Spelling.Of(grant.Access), endsAt = grant.EndsAt }));
        await record.SaveChangesAsync(cancellationToken);
        return new SentInvitation(invitation.Id, link, code, invitation.ExpiresAt, isMailed);
    }

    private Invitation Add(RecordContext record, Repository repository, EmailAddress email)
    {
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            RepositoryId = repository.Id,
            Email = email.Value,
            NormalizedEmail = email.Normalized,
            Access = AccessLevel.Read,
            Secret = default,
            InviterId = null,
            CreatedAt = default,
            ExpiresAt = default,
        };
        record.Add(invitation);
        return invitation;
    }
}
