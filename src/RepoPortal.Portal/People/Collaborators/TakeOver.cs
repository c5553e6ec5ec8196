using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Makes somebody the sponsor of a collaborator whose sponsor has left; an administrator takes over from anybody.</summary>
internal sealed class TakeOver(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => TakeOverAsync(record, name, actor, cancellationToken), cancellationToken);

    private async Task<Outcome<Done>> TakeOverAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!(await record.FindCollaboratorAsync(name, actor, now, cancellationToken)).Succeeded(out var user, out var refusal))
            return refusal;
        if (actor.UserId is not { } sponsor)
            return Refusal.Forbidden("Only a person answers for a collaborator.");
        if (user.SponsorId == sponsor)
            return Done.Instance;
        var present = await record.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == user.SponsorId, cancellationToken);
        if (present?.IsActive(now) is true && !actor.IsAdministrator)
            return Refusal.Conflict($"{present.DisplayName} answers for '{name}'; only an administrator can take over from somebody who is here.");
        (user.SponsorId, user.ConcurrencyStamp) = (sponsor, Accounts.NewSecurityStamp());
        record.Add(AuditEntry.Of(now, actor, AuditAction.CollaboratorTakenOver, name, detail: new { from = present?.UserName }));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
