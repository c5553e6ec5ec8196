using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Finds an invitation by the secret in its link or the code in its mail, and says why one cannot be accepted.</summary>
internal static class InvitationRules
{
    internal static readonly Refusal Unknown =
        Refusal.NotFound("This link leads to no invitation; perhaps it was cut in the mail, or a newer invitation has replaced it.");

    /// <param name="invitations">Where to look.</param>
    /// <param name="secret">The secret out of the link, or the code as typed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static Task<Invitation?> FindAsync(IQueryable<Invitation> invitations, string? secret, CancellationToken cancellationToken)
    {
        var digest = TokenDigest.Of(secret ?? "");
        var found = invitations.Include(invitation => invitation.Inviter);
        return InvitationCode.DigestOf(secret) is { } code
            ? found.SingleOrDefaultAsync(invitation => invitation.Code == code, cancellationToken)
            : found.SingleOrDefaultAsync(invitation => invitation.Secret == digest, cancellationToken);
    }

    /// <summary>A refusal when the invitation is over; null while it can be accepted.</summary>
    internal static Refusal? RefuseOver(Invitation invitation, DateTimeOffset now) => invitation switch
    {
        { RevokedAt: not null } => Refusal.Gone("This invitation has been taken back; ask whoever invited you for a new one."),
        { AcceptedAt: not null } => Refusal.Gone("This invitation has been used already; sign in to reach the repository."),
        _ when invitation.ExpiresAt <= now || invitation.AccessEndsAt <= now => Refusal.Gone("This invitation has expired; ask whoever invited you for a new one."),
        _ => null,
    };
}
