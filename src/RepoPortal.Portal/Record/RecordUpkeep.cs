using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal.Record;

/// <summary>Lets SQLite count its indexes now and then, or its planner takes every filter for a narrow one. PostgreSQL does this by itself.</summary>
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

    [LoggerMessage(LogLevel.Warning, "the database could not be optimised; it is tried again in an hour")]
    private partial void LogPutOff(Exception exception);
}
