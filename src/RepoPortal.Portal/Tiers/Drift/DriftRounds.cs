using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Looks once a night for repositories that have outgrown their tier or that nobody uses; of several servers one does.</summary>
internal sealed class DriftRounds(
    IDbContextFactory<RecordContext> contexts, FindDrift find, IHostApplicationLifetime host, TimeProvider time, ILogger<DriftRounds> logger) : BackgroundService
{
    /// <summary>How the record calls this work.</summary>
    internal const string Name = "drift";

    // In UTC: a time at which few are at work in Europe, and some anywhere else. Reading is all that it does to most repositories.
    private const int Hour = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    // A server that began and was gone before the end; a round takes minutes, not hours.
    private static readonly TimeSpan Lost = TimeSpan.FromHours(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>Does this night's round unless some server has done it, or is at it.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await ClaimAsync(cancellationToken))
            return;
        await find.ExecuteAsync(cancellationToken);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await record.Rounds.Where(round => round.Name == Name).ExecuteUpdateAsync(round => round.SetProperty(row => row.EndedAt, now), cancellationToken);
    }

    private async Task<bool> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tonight = new DateTimeOffset(now.UtcDateTime.AddHours(-Hour).Date.AddHours(Hour), TimeSpan.Zero);
        // One that was begun later than now was begun by a clock that was ahead.
        var (lost, ahead) = (now - Lost, now + Lost);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Rounds
            .Where(round => round.Name == Name && (round.BegunAt < tonight || round.BegunAt > ahead || (round.EndedAt < round.BegunAt && round.BegunAt < lost)))
            .ExecuteUpdateAsync(round => round.SetProperty(row => row.BegunAt, now), cancellationToken) == 1;
    }
}
