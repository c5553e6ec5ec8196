using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Sends an invitation again, with a new link and a new code; those sent before stop working.</summary>
internal sealed class ResendInvitation(IDbContextFactory<RecordContext> contexts, InviteCollaborator invite, TimeProvider time)
{
    internal async Task<Outcome<SentInvitation>> ExecuteAsync(string name, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "invite people", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var open = await record.Invitations.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == id && row.RepositoryId == repository.Id && row.AcceptedAt == null && row.RevokedAt == null, cancellationToken);
        if (open is null)
            return Refusal.NotFound("There is no such invitation, or it is no longer open.");
        if (GrantIsOver(open))
            return Refusal.Conflict("The access it would give has ended by now; invite them anew with another end.");
        return await invite.ExecuteAsync(name, new NewInvitation(open.Email, open.Access, open.AccessEndsAt), actor, cancellationToken);
    }

    private bool GrantIsOver(Invitation invitation) => new NewGrant(invitation.Access, invitation.AccessEndsAt).Refuse(time.GetUtcNow()) is not null;
}
