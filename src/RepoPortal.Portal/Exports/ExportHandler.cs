using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Exports;

/// <summary>Has an export written, and says from when on it can be fetched and until when.</summary>
internal sealed class ExportHandler(IDbContextFactory<RecordContext> contexts, NodeWork work, IOptions<PortalOptions> options, TimeProvider time) : ITaskHandler
{
    public bool Does(TaskKind kind) => kind == TaskKind.Export;

    public async Task<Outcome<string>> RunAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var export = await record.Exports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == task.Id, cancellationToken);
        var name = await record.Repositories.Where(row => row.Id == task.RepositoryId).Select(row => (RepositoryName?)row.Name).SingleOrDefaultAsync(cancellationToken);
        var primary = await record.Copies.AsNoTracking().SingleOrDefaultAsync(copy => copy.RepositoryId == task.RepositoryId && copy.Role == CopyRole.Primary, cancellationToken);
        if (export is null || name is null || primary is null)
            return Refusal.Gone("The export, or its repository, is gone.");
        if (export.KeptUntil is { } before)
            return Say(export, before);

        var status = await work.RunAsync(export.NodeName, task.Id, new ExportJob(export.Id, primary.Key, name.Value, export.Content), progress, cancellationToken);
        if (status.Result is not ExportResult result)
        {
            await record.Exports.Where(row => row.Id == export.Id).ExecuteDeleteAsync(cancellationToken);
            return Refusal.Conflict(status.Failure!);
        }

        (export.SizeBytes, export.Sha256, export.KeptUntil) = (result.SizeBytes, result.Sha256, time.GetUtcNow().AddDays(options.Value.ExportDays));
        await record.Exports.Where(row => row.Id == export.Id).ExecuteUpdateAsync(
            row => row.SetProperty(stored => stored.SizeBytes, export.SizeBytes).SetProperty(stored => stored.Sha256, export.Sha256).SetProperty(stored => stored.KeptUntil, export.KeptUntil),
            cancellationToken);
        return Say(export, export.KeptUntil.Value);
    }

    private static string Say(Export export, DateTimeOffset end) => $"{export.FileName}, {Format.Size(export.SizeBytes!.Value)}, is ready and kept until {Format.Exact(end)}.";
}
