using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;

namespace RepoPortal.Portal.Tasks;

/// <summary>
/// Works on the tasks that are due, each lane beside the others and a few of it at a time. A task belongs to the server that has
/// claimed it, for as long as that renews its lease; the tasks of a server that died are gone on with by whichever looks next.
/// </summary>
internal sealed partial class TaskRunner(
    IDbContextFactory<RecordContext> contexts, IEnumerable<ITaskHandler> handlers, IOptions<BackupOptions> options, IHostApplicationLifetime host, TimeProvider time,
    ILogger<TaskRunner> logger) : BackgroundService
{
    private const int ForPeople = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PutOff = TimeSpan.FromSeconds(20);

    // No task is put off, and no lease given, for as long: what is dated later was written by a clock that was ahead, and is not waited for.
    private static readonly TimeSpan LongerThanAny = TimeSpan.FromMinutes(5);

    private readonly List<(TaskLane Lane, Task Work)> _workers = [];
    private readonly ConcurrentDictionary<Guid, TaskLane> _mine = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_workers.Select(worker => worker.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        foreach (var worker in _workers.Where(worker => worker.Work.IsCompleted).ToList())
        {
            _workers.Remove(worker);
            await worker.Work;
        }

        foreach (var lane in Enum.GetValues<TaskLane>())
        {
            var room = MostOf(lane) - _workers.Count(worker => worker.Lane == lane);
            var due = room > 0 ? await CountDueAsync(lane, room, stoppingToken) : 0;
            for (var worker = 0; worker < due; worker++)
                _workers.Add((lane, WorkAsync(lane, stoppingToken)));
        }
    }

    private int MostOf(TaskLane lane) => lane switch
    {
        TaskLane.People or TaskLane.Transfers => ForPeople,
        TaskLane.Backups => options.Value.Parallel,
        _ => (options.Value.Parallel + 1) / 2,
    };

    /// <summary>Does one task of the lane after the other, until none is due.</summary>
    private async Task WorkAsync(TaskLane lane, CancellationToken stoppingToken)
    {
        // Its first steps are none of the round's time.
        await Task.Yield();
        while (await FindDueAsync(lane, stoppingToken) is { } task)
        {
            if (!await ClaimAsync(task.Id, stoppingToken))
                continue;
            _mine[task.Id] = lane;
            try
            {
                await RunAsync(task, stoppingToken);
            }
            finally
            {
                _mine.TryRemove(task.Id, out _);
            }
        }
    }

    private async Task<int> CountDueAsync(TaskLane lane, int most, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(record, lane).Take(most).CountAsync(cancellationToken);
    }

    private async Task<PortalTask?> FindDueAsync(TaskLane lane, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(record, lane).OrderBy(task => task.DueAt).FirstOrDefaultAsync(cancellationToken);
    }

    private IQueryable<PortalTask> Due(RecordContext record, TaskLane lane)
    {
        var kinds = TaskLanes.KindsOf(lane);
        var due = record.Tasks.AsNoTracking().Where(IsDue(time.GetUtcNow())).Where(task => kinds.Contains(task.Kind));
        // A clock that was put back lets a lease of ours look like one that cannot be, until it is renewed.
        var mine = _mine.Keys.ToList();
        return mine.Count == 0 ? due : due.Where(task => !mine.Contains(task.Id));
    }

    private static Expression<Func<PortalTask, bool>> IsDue(DateTimeOffset now)
    {
        var never = now + LongerThanAny;
        return task => (task.State == TaskState.Queued && (task.DueAt <= now || task.DueAt > never))
            || (task.State == TaskState.Running && (task.LeaseUntil < now || task.LeaseUntil > never));
    }

    private async Task<bool> ClaimAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tasks
            .Where(task => task.Id == id)
            .Where(IsDue(now))
            .ExecuteUpdateAsync(
                task => task
                    .SetProperty(row => row.State, TaskState.Running)
                    .SetProperty(row => row.StartedAt, row => row.StartedAt ?? now)
                    .SetProperty(row => row.LeaseUntil, now + TaskProgress.Lease),
                cancellationToken) == 1;
    }

    private async Task RunAsync(PortalTask task, CancellationToken stoppingToken)
    {
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
        catch (TaskGivenUpException)
        {
            LogGivenUp(task.Kind, task.RepositoryId);
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
        // One that was given up meanwhile stays as it is.
        await record.Tasks.Where(row => row.Id == task.Id && row.State == TaskState.Running).ExecuteUpdateAsync(row => row
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
        await record.Tasks.Where(row => row.Id == task.Id && row.State == TaskState.Running).ExecuteUpdateAsync(row => row
            .SetProperty(stored => stored.State, TaskState.Queued)
            .SetProperty(stored => stored.DueAt, later)
            .SetProperty(stored => stored.LeaseUntil, (DateTimeOffset?)null));
    }

    [LoggerMessage(LogLevel.Information, "{Kind} of {Repository} is left to the next start")]
    private partial void LogLeft(Exception exception, TaskKind kind, RepositoryId repository);

    [LoggerMessage(LogLevel.Information, "{Kind} of {Repository} was given up")]
    private partial void LogGivenUp(TaskKind kind, RepositoryId repository);

    [LoggerMessage(LogLevel.Warning, "{Kind} of {Repository} has to wait")]
    private partial void LogWaiting(Exception exception, TaskKind kind, RepositoryId repository);
}
