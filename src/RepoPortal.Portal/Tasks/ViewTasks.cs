using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tasks;

/// <summary>Shows tasks to those who may see their repository's settings.</summary>
internal sealed class ViewTasks(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>One task.</summary>
    internal async Task<Outcome<TaskView>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Tasks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } task)
            return NoSuch();
        var repository = await record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution()
            .SingleOrDefaultAsync(row => row.Id == task.RepositoryId, cancellationToken);
        var may = repository is null ? actor.IsAdministrator : Standing.Of(repository, actor).MayManage;
        return may ? TaskView.Of(task, repository?.Name, time.GetUtcNow()) : NoSuch();
    }

    /// <summary>The latest tasks of a repository that the actor is known to be allowed to see, newest first.</summary>
    internal async Task<IReadOnlyList<TaskView>> ListAsync(RepositoryId repository, RepositoryName name, int limit, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tasks = await record.Tasks.AsNoTracking()
            .Where(task => task.RepositoryId == repository)
            .OrderByDescending(task => task.RequestedAt)
            .Take(limit)
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return tasks.ConvertAll(task => TaskView.Of(task, name, now));
    }

    private static Refusal NoSuch() => Refusal.NotFound("There is no such task, or you have no access to it.");
}
