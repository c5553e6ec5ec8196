using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

/// <summary>A bulk action as administrators see it, before, during and after.</summary>
/// <param name="Task">How far it is.</param>
/// <param name="Wish">What is done to each.</param>
/// <param name="IsMine">Whether it is the viewer who can begin it.</param>
/// <param name="Back">The address of the inventory where it was chosen.</param>
/// <param name="Items">Each repository, and what becomes of it.</param>
internal sealed record BulkView(TaskView Task, BulkWish Wish, bool IsMine, string Back, IReadOnlyList<BulkItem> Items)
{
    /// <summary>How many are to be changed, or were.</summary>
    internal int Count => Items.Count(item => item.State != BulkState.Excluded);
}

/// <summary>Shows administrators what is done to many repositories at once.</summary>
internal sealed class ViewBulk(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    private const int Most = 50;

    /// <summary>One bulk action.</summary>
    internal async Task<Outcome<BulkView>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees what is done to many repositories.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Tasks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Kind == TaskKind.Bulk, cancellationToken) is not { } task)
            return Refusal.NotFound("There is no such preview; one that nobody begins is kept for a day.");
        var items = await record.BulkItems.AsNoTracking().Where(item => item.TaskId == id).OrderBy(item => item.Position).ToListAsync(cancellationToken);
        var parameters = BulkParameters.Of(task);
        return new BulkView(TaskView.Of(task, repository: null, time.GetUtcNow()), parameters.Wish, parameters.ActorId == actor.UserId, parameters.Back, items);
    }

    /// <summary>The latest that were begun, without their repositories.</summary>
    internal async Task<IReadOnlyList<BulkView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return [];
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tasks = await record.Tasks.AsNoTracking().Where(task => task.Kind == TaskKind.Bulk && task.State != TaskState.Drafted)
            .OrderByDescending(task => task.RequestedAt).Take(Most).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return tasks.ConvertAll(task => new BulkView(TaskView.Of(task, repository: null, now), BulkParameters.Of(task).Wish, IsMine: false, "", []));
    }
}
