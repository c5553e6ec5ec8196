using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.Record;

/// <summary>Takes away sessions that ended long ago, and lets SQLite count its indexes now and then, or its planner takes every filter for a narrow one. PostgreSQL does this by itself.</summary>
internal sealed partial class RecordUpkeep(IDbContextFactory<RecordContext> contexts, TimeProvider time, ILogger<RecordUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await ForgetSessionsAsync(stoppingToken);
                await OptimizeAsync(stoppingToken);
            }
            catch (Exception exception) when (exception.IsDatabaseAway())
            {
                LogPutOff(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task OptimizeAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        // 0x10002: every table that has changed much, looking at a sample of each index.
        if (record is SqliteRecordContext)
            await record.Database.ExecuteSqlRawAsync("PRAGMA optimize = 0x10002", cancellationToken);
    }

    // Kept for some time after their end: they tell from where somebody is known to come.
    private async Task ForgetSessionsAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - UserSession.KeptFor;
        await record.Sessions.Where(session => session.LastSeenAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "the database was away when it was to be tidied up; it is tried again in an hour")]
    private partial void LogPutOff(Exception exception);
}
