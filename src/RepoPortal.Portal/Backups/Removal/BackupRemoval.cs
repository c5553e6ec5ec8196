using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups.Removal;

/// <summary>
/// Removes backups that nobody needs any more, once a day; of several servers one does. The first day after a pause removes nothing: a clock that is wrong, a machine
/// that was restored, and an update that brings this are noticed by somebody in that time.
/// </summary>
internal sealed partial class BackupRemoval(
    IDbContextFactory<RecordContext> contexts, RemoveReplaced replaced, RemoveSpare spare, IOptions<BackupOptions> options, IHostApplicationLifetime host, TimeProvider time,
    ILogger<BackupRemoval> logger) : BackgroundService
{
    /// <summary>How the record calls this work.</summary>
    internal const string Name = "backup-removal";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.ReadOnly ? Task.CompletedTask : host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>Does this day's round unless some server has begun it. One that was cut short is gone on with the next day.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await ClaimAsync(cancellationToken))
            return;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var node in await record.Nodes.Select(node => node.Name).ToListAsync(cancellationToken))
        {
            try
            {
                await replaced.ExecuteAsync(node, cancellationToken);
                await spare.ExecuteAsync(node, cancellationToken);
            }
            catch (Exception exception) when (exception is StorageException or TaskWaitsException or OrleansException or TimeoutException)
            {
                LogAway(exception, node);
            }
        }

        var now = time.GetUtcNow();
        await record.Rounds.Where(round => round.Name == Name).ExecuteUpdateAsync(round => round.SetProperty(row => row.EndedAt, now), cancellationToken);
    }

    /// <summary>Whether nothing speaks against the clock: a round was done lately, and not later than now. After a pause the first day's is left out, and so this is not so for a day.</summary>
    internal static Task<bool> IsClockSteadyAsync(RecordContext record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = (now - LongestPause, now + LongestPause);
        return record.Rounds.AnyAsync(round => round.Name == Name && round.EndedAt > from && round.EndedAt < to, cancellationToken);
    }

    private async Task<bool> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Rounds.AsNoTracking().SingleOrDefaultAsync(round => round.Name == Name, cancellationToken) is not { } last)
        {
            await BeginAsync(record, now, cancellationToken);
            return false;
        }

        // In either direction: a clock that was far ahead is not waited for.
        var pause = (now - last.BegunAt).Duration();
        return pause >= Interval
            && await record.Rounds.Where(round => round.Name == Name && round.BegunAt == last.BegunAt)
                .ExecuteUpdateAsync(round => round.SetProperty(row => row.BegunAt, now), cancellationToken) == 1
            && pause < LongestPause;
    }

    private static async Task BeginAsync(RecordContext record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        record.Add(new Round { Name = Name, BegunAt = now, EndedAt = now });
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another server was faster.
        }
    }

    [LoggerMessage(LogLevel.Warning, "the backups of node {Node} cannot be looked through for what nobody needs")]
    private partial void LogAway(Exception exception, string node);
}
