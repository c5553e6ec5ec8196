using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>An invitation as whoever follows its link sees it.</summary>
/// <param name="Repository">Where it leads.</param>
/// <param name="Description">What the repository is for.</param>
/// <param name="InvitedBy">The inviter's display name; null when an operator invited.</param>
/// <param name="Email">To whom it was sent.</param>
/// <param name="Access">What it gives.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="HasAccount">True when there is an account for that address, which has to sign in; false: a new account is made.</param>
public sealed record InvitationView(
    RepositoryName Repository, string Description, string? InvitedBy, string Email, AccessLevel Access, DateTimeOffset ExpiresAt, bool HasAccount);

/// <summary>Shows what a link in an invitation offers; for anyone who has the link.</summary>
internal sealed class ViewInvitation(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<Outcome<InvitationView>> ExecuteAsync(string? secret, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await InvitationRules.FindAsync(record.Invitations.Include(row => row.Repository).AsNoTracking(), secret, cancellationToken) is not { } invitation)
            return InvitationRules.Unknown;
        if (InvitationRules.RefuseOver(invitation, time.GetUtcNow()) is { } refusal)
            return InvitationCode.DigestOf(secret) is null ? refusal : InvitationRules.Unknown; // what a code once led to is told to nobody who types one
        var hasAccount = await record.Users.AnyAsync(user => user.NormalizedEmail == invitation.NormalizedEmail, cancellationToken);
        return new InvitationView(
            invitation.Repository.Name,
            invitation.Repository.Description,
            invitation.Inviter?.DisplayName,
            invitation.Email,
            invitation.Access,
            invitation.ExpiresAt,
            hasAccount);
    }
}
