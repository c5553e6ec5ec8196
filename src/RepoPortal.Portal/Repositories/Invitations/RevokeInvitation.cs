using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Takes back an invitation that was not accepted yet.</summary>
internal sealed class RevokeInvitation(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal Task<Outcome<Done>> ExecuteAsync(string name, Guid id, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => RevokeAsync(record, name, id, actor, cancellationToken), cancellationToken);

    private async Task<Outcome<Done>> RevokeAsync(RecordContext record, string name, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "take back invitations", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var invitation = await record.Invitations.SingleOrDefaultAsync(
            candidate => candidate.Id == id && candidate.RepositoryId == repository.Id && candidate.RevokedAt == null, cancellationToken);
        if (invitation is null)
            return Refusal.NotFound("There is no such invitation, or it was taken back already.");
        if (invitation.AcceptedAt is not null)
            return Refusal.Conflict("The invitation has been accepted; remove the member instead.");
        invitation.RevokedAt = time.GetUtcNow();
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.InvitationRevoked, invitation.Email, repository.Id, new { invitation.Id }));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
