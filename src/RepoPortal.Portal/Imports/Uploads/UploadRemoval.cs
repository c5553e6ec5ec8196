using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>Removes uploads that nobody goes on with, once an hour; the file first, so that none is forgotten.</summary>
internal sealed class UploadRemoval(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, IOptions<ImportOptions> options, IHostApplicationLifetime host, TimeProvider time, ILogger<UploadRemoval> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RemoveAsync, time, logger, stoppingToken);

    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow().AddDays(-options.Value.UploadDays);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var upload in await record.Uploads.AsNoTracking().Where(row => row.TouchedAt < since).ToListAsync(cancellationToken))
        {
            await grains.GetGrain<IStorageNodeGrain>(upload.NodeName).DropUpload(upload.Id);
            await record.Uploads.Where(row => row.Id == upload.Id && row.TouchedAt < since).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
