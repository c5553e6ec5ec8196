using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>An invitation that was neither accepted nor revoked, as owners see it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Email">To whom it was sent.</param>
/// <param name="Access">What it gives.</param>
/// <param name="InvitedBy">The inviter's display name; null when an operator invited.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="ExpiresAt">Until when it can be accepted; may be past.</param>
public sealed record OpenInvitation(
    Guid Id, string Email, AccessLevel Access, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Lists the open invitations to a repository, the newest first; for its owners.</summary>
internal sealed class ListInvitations(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<Outcome<IReadOnlyCollection<OpenInvitation>>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see its invitations", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        return await record.Invitations
            .Where(invitation => invitation.RepositoryId == repository.Id && invitation.AcceptedAt == null && invitation.RevokedAt == null)
            .OrderByDescending(invitation => invitation.CreatedAt)
            .Select(invitation => new OpenInvitation(
                invitation.Id, invitation.Email, invitation.Access, invitation.Inviter!.DisplayName, invitation.CreatedAt, invitation.ExpiresAt))
            .ToArrayAsync(cancellationToken);
    }
}
