using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Access;

/// <summary>Takes the notices that commands leave in the record and publishes them.</summary>
internal sealed class AccessNotices(
    IDbContextFactory<RecordContext> contexts, IAccessPublication publication, IHostApplicationLifetime host, TimeProvider time, ILogger<AccessNotices> logger)
    : BackgroundService
{
    // A change is effective within a second, wherever it was made.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, TakeAsync, time, logger, stoppingToken);

    /// <summary>Publishes what is there; a notice goes only after it was published.</summary>
    internal async Task TakeAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var notice in await record.AccessNotices.AsNoTracking().OrderBy(notice => notice.Id).ToListAsync(cancellationToken))
        {
            await publication.PublishAsync(new AccessChange(notice.Repository, notice.User));
            await record.AccessNotices.Where(row => row.Id == notice.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
