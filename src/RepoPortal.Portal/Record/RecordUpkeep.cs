using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Record;

/// <summary>Takes away sessions and tasks that ended long ago, and lets SQLite count its indexes now and then, or its planner takes every filter for a narrow one. PostgreSQL does this by itself.</summary>
internal sealed class RecordUpkeep(
    IDbContextFactory<RecordContext> contexts, IHostApplicationLifetime host, TimeProvider time, ILogger<RecordUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        await ForgetSessionsAsync(stoppingToken);
        await ForgetTasksAsync(stoppingToken);
        await OptimizeAsync(stoppingToken);
    }

    private async Task OptimizeAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        // 0x10002: every table that has changed much, looking at a sample of each index.
        if (record is SqliteRecordContext)
            await record.Database.ExecuteSqlRawAsync("PRAGMA optimize = 0x10002", cancellationToken);
    }

    // What the clock did is of interest for a while; what is known by it stands with the repository.
    private async Task ForgetTasksAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - PortalTask.KeptFor;
        await record.Tasks.Where(task => task.Key == null && task.EndedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var drafted = time.GetUtcNow() - PortalTask.DraftKeptFor;
        await record.Tasks.Where(task => task.State == TaskState.Drafted && task.RequestedAt < drafted).ExecuteDeleteAsync(cancellationToken);
    }

    // Kept for some time after their end: they tell from where somebody is known to come.
    private async Task ForgetSessionsAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - UserSession.KeptFor;
        await record.Sessions.Where(session => session.LastSeenAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
