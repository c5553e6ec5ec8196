using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;

namespace RepoPortal.Portal.Tasks;

/// <summary>
/// Works on the tasks that are due: what people wait for and what the clock wants side by side, each a few at a time. A task belongs to the server that has
/// claimed it, for as long as that renews its lease; the tasks of a server that died are gone on with by whichever looks next.
/// </summary>
internal sealed partial class TaskRunner(
    IDbContextFactory<RecordContext> contexts, IEnumerable<ITaskHandler> handlers, IOptions<BackupOptions> options, IHostApplicationLifetime host, TimeProvider time,
    ILogger<TaskRunner> logger) : BackgroundService
{
    private const int ForPeople = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PutOff = TimeSpan.FromSeconds(20);

    private readonly Dictionary<Guid, (bool IsUpkeep, Task Work)> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_running.Values.Select(running => running.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        foreach (var (id, running) in _running.ToList())
        {
            if (!running.Work.IsCompleted)
                continue;
            _running.Remove(id);
            await running.Work;
        }

        await BeginAsync(isUpkeep: false, ForPeople, stoppingToken);
        await BeginAsync(isUpkeep: true, options.Value.Parallel, stoppingToken);
    }

    private async Task BeginAsync(bool isUpkeep, int most, CancellationToken stoppingToken)
    {
        var room = most - _running.Values.Count(running => running.IsUpkeep == isUpkeep);
        if (room <= 0)
            return;
        foreach (var task in await FindDueAsync(isUpkeep, room, stoppingToken))
        {
            if (await ClaimAsync(task.Id, stoppingToken))
                _running[task.Id] = (isUpkeep, RunAsync(task, stoppingToken));
        }
    }

    private async Task<List<PortalTask>> FindDueAsync(bool isUpkeep, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kinds = Enum.GetValues<TaskKind>().Where(kind => PortalTask.IsUpkeep(kind) == isUpkeep).ToList();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tasks.AsNoTracking()
            .Where(task => (task.State == TaskState.Queued && task.DueAt <= now) || (task.State == TaskState.Running && task.LeaseUntil < now))
            .Where(task => kinds.Contains(task.Kind))
            .OrderBy(task => task.DueAt)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    private async Task<bool> ClaimAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tasks
            .Where(task => task.Id == id && ((task.State == TaskState.Queued && task.DueAt <= now) || (task.State == TaskState.Running && task.LeaseUntil < now)))
            .ExecuteUpdateAsync(
                task => task
                    .SetProperty(row => row.State, TaskState.Running)
                    .SetProperty(row => row.StartedAt, row => row.StartedAt ?? now)
                    .SetProperty(row => row.LeaseUntil, now + TaskProgress.Lease),
                cancellationToken) == 1;
    }

    private async Task RunAsync(PortalTask task, CancellationToken stoppingToken)
    {
        // The handler's first steps are none of the round's time.
        await Task.Yield();
        try
        {
            var outcome = await handlers.Single(handler => handler.Does(task.Kind)).RunAsync(task, new TaskProgress(contexts, task.Id, time), stoppingToken);
            var done = outcome.Succeeded(out var sentence, out var refusal);
            await EndAsync(task, done ? TaskState.Done : TaskState.Failed, sentence ?? refusal!.Sentence);
        }
        catch (Exception exception) when (stoppingToken.IsCancellationRequested)
        {
            // The next server goes on with it when the lease is over, this one's restart included.
            LogLeft(exception, task.Kind, task.RepositoryId);
        }
        catch (TaskWaitsException exception)
        {
            LogWaiting(exception, task.Kind, task.RepositoryId);
            await PutOffAsync(task);
        }
    }

    private async Task EndAsync(PortalTask task, TaskState state, string sentence)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync();
        await record.Tasks.Where(row => row.Id == task.Id).ExecuteUpdateAsync(row => row
            .SetProperty(stored => stored.State, state)
            .SetProperty(stored => stored.Sentence, sentence)
            .SetProperty(stored => stored.EndedAt, now)
            .SetProperty(stored => stored.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(stored => stored.Key, (string?)null));
    }

    private async Task PutOffAsync(PortalTask task)
    {
        var later = time.GetUtcNow() + PutOff;
        await using var record = await contexts.CreateDbContextAsync();
        await record.Tasks.Where(row => row.Id == task.Id).ExecuteUpdateAsync(row => row
            .SetProperty(stored => stored.State, TaskState.Queued)
            .SetProperty(stored => stored.DueAt, later)
            .SetProperty(stored => stored.LeaseUntil, (DateTimeOffset?)null));
    }

    [LoggerMessage(LogLevel.Information, "{Kind} of {Repository} is left to the next start")]
    private partial void LogLeft(Exception exception, TaskKind kind, RepositoryId repository);

    [LoggerMessage(LogLevel.Warning, "{Kind} of {Repository} has to wait")]
    private partial void LogWaiting(Exception exception, TaskKind kind, RepositoryId repository);
}
