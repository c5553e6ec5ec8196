using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

/// <summary>Begins what a preview has shown: once, and by whoever was shown it.</summary>
internal sealed class BeginBulk(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal Task<Outcome<Done>> ExecuteAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => BeginAsync(record, id, actor, cancellationToken), cancellationToken);

    private async Task<Outcome<Done>> BeginAsync(RecordContext record, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator does one thing to many repositories.");
        if (await record.Tasks.SingleOrDefaultAsync(row => row.Id == id && row.Kind == TaskKind.Bulk, cancellationToken) is not { } task)
            return Refusal.NotFound("There is no such preview; one that nobody begins is kept for a day.");
        var parameters = BulkParameters.Of(task);
        if (parameters.ActorId != actor.UserId)
            return Refusal.Forbidden($"This is the preview of '{task.RequestedBy}'; make one of your own.");
        if (task.State != TaskState.Drafted)
            return Done.Instance;
        var now = time.GetUtcNow();
        (task.State, task.DueAt) = (TaskState.Queued, now);
        var count = await record.BulkItems.CountAsync(item => item.TaskId == id && item.State == BulkState.Waiting, cancellationToken);
        record.Add(AuditEntry.Of(now, actor, AuditAction.BulkBegun, Spelling.Of(parameters.Wish.Verb), detail: new { repositories = count, parameters.Wish.Tier, parameters.Wish.To, parameters.Wish.From }));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
