using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal.Usage;

/// <summary>Removes what was counted more than 400 days ago, once a day.</summary>
internal sealed class UsageRemoval(
    IDbContextFactory<RecordContext> contexts, IHostApplicationLifetime host, TimeProvider time, ILogger<UsageRemoval> logger) : BackgroundService
{
    internal const int KeptDays = 400;
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RemoveAsync, time, logger, stoppingToken);

    /// <summary>Removes one day after the other, so that nobody waits long for the table.</summary>
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-KeptDays);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        while (await record.Usage.Where(row => row.Day < first).Select(row => (DateOnly?)row.Day).MinAsync(cancellationToken) is { } day)
            await record.Usage.Where(row => row.Day == day).ExecuteDeleteAsync(cancellationToken);
        var oldest = now.AddDays(-KeptDays);
        await record.TokenAddresses.Where(address => address.LastAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
