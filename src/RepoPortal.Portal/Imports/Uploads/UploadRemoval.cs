using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>Removes uploads that nobody goes on with and nothing is imported from, once an hour; the file first, so that none is forgotten.</summary>
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
            if (await IsBeingImportedAsync(record, upload.Id, cancellationToken))
                continue;
            await grains.GetGrain<IStorageNodeGrain>(upload.NodeName).DropUpload(upload.Id);
            await record.Uploads.Where(row => row.Id == upload.Id && row.TouchedAt < since).ExecuteDeleteAsync(cancellationToken);
        }
    }

    // Reading tens of gigabytes may take longer than that, and has to begin anew when the server ends meanwhile.
    private static Task<bool> IsBeingImportedAsync(RecordContext record, Guid upload, CancellationToken cancellationToken)
    {
        var id = upload.ToString("d");
        return record.Tasks.AnyAsync(task => task.Kind == TaskKind.Import && task.Key != null && task.Parameters.Contains(id), cancellationToken);
    }
}
