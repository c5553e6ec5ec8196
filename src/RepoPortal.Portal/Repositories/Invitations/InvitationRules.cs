using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Finds an invitation by the secret in its link, and says why one cannot be accepted.</summary>
internal static class InvitationRules
{
    internal static readonly Refusal Unknown =
        Refusal.NotFound("This link leads to no invitation; perhaps it was cut in the mail, or a newer invitation has replaced it.");

    internal static Task<Invitation?> FindAsync(IQueryable<Invitation> invitations, string? secret, CancellationToken cancellationToken)
    {
        var digest = TokenDigest.Of(secret ?? "");
        return invitations.Include(invitation => invitation.Inviter)
            .SingleOrDefaultAsync(invitation => invitation.Secret == digest, cancellationToken);
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
