using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Exports;

/// <summary>Ends exports whose time is over, and brings nodes and record to one state: no file without a row, no row without its file.</summary>
internal sealed partial class ExportRemoval(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, IHostApplicationLifetime host, TimeProvider time, ILogger<ExportRemoval> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>One round.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var over in await record.Exports.Where(export => export.KeptUntil <= now).Select(export => export.Id).ToListAsync(cancellationToken))
            await RemoveRowAsync(over, "its time was over", cancellationToken);
        foreach (var node in await record.Nodes.Select(node => node.Name).ToListAsync(cancellationToken))
        {
            try
            {
                await CompareAsync(record, node, cancellationToken);
            }
            catch (Exception exception) when (exception.IsNodeAway())
            {
                LogAway(exception, node);
            }
        }
    }

    private async Task CompareAsync(RecordContext record, string node, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IStorageNodeGrain>(node);
        // A row comes before its file and is complete after it: so those that are complete are read before the files, and all rows after them.
        var complete = await record.Exports.Where(export => export.NodeName == node && export.KeptUntil != null).Select(export => export.Id).ToListAsync(cancellationToken);
        var files = await grain.ListExports(cancellationToken);
        var known = await record.Exports.Where(export => export.NodeName == node).Select(export => export.Id).ToListAsync(cancellationToken);
        foreach (var file in files.Except(known))
            await grain.RemoveExport(file, cancellationToken);
        foreach (var lost in complete.Except(files))
            await RemoveRowAsync(lost, "its file is gone", cancellationToken);
    }

    private Task<int> RemoveRowAsync(Guid id, string reason, CancellationToken cancellationToken) => contexts.UndisturbedAsync(
        async record =>
        {
            if (await record.Exports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } export)
                return 0;
            var name = await record.Repositories.Where(row => row.Id == export.RepositoryId).Select(row => row.Name).SingleAsync(cancellationToken);
            record.Remove(export);
            record.Add(AuditEntry.Of(time.GetUtcNow(), Actor.System, AuditAction.ExportRemoved, name.Value, export.RepositoryId, new { file = export.FileName, reason }));
            return await record.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    [LoggerMessage(LogLevel.Warning, "node {Node} cannot be asked about its exports")]
    private partial void LogAway(Exception exception, string node);
}
