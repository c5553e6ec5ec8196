using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Ends a collaborator's time now: sessions and tokens with the next request. Grants stay in the record, and a renewal brings them back.</summary>
internal sealed class EndCollaborator(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var ended = await contexts.UndisturbedAsync(record => EndAsync(record, name, actor, cancellationToken), cancellationToken);
        if (ended.Refusal is null)
            await changes.PublishAsync(UserName.Parse(name));
        return ended;
    }

    private async Task<Outcome<Done>> EndAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!(await record.FindCollaboratorAsync(name, actor, now, cancellationToken)).Succeeded(out var user, out var refusal))
            return refusal;
        if (user.EndsAt <= now)
            return Done.Instance;
        ExternalTerm.Begin(user, now, now);
        record.Add(AuditEntry.Of(now, actor, AuditAction.CollaboratorEnded, name));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
