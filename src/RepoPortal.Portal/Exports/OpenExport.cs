using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Exports;

/// <summary>An export's file, ready to be read from its node.</summary>
/// <param name="Export">What it is.</param>
/// <param name="Content">Its bytes; a stream that can seek.</param>
internal sealed record ExportFile(Export Export, Stream Content);

/// <summary>Hands an export's file out, which the audit notes: each request for it, because a part may be what somebody was after.</summary>
internal sealed class OpenExport(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, TimeProvider time)
{
    /// <summary>For an owner or administrator.</summary>
    /// <param name="name">The repository.</param>
    /// <param name="id">The export.</param>
    /// <param name="reads">False to ask about the file only, which is not noted.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<Outcome<ExportFile>> ExecuteAsync(string name, Guid id, bool reads, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "download its exports", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var export = await record.Exports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository.Id, cancellationToken);
        return await OpenAsync(record, export, repository.Name, reads, actor, MayGoOnAsync, cancellationToken);

        async Task<bool> MayGoOnAsync(CancellationToken cancel)
        {
            await using var now = await contexts.CreateDbContextAsync(cancel);
            return (await now.ReadManagedAsync(name, actor, "download its exports", cancel)).Refusal is null && await now.Exports.AnyAsync(row => row.Id == id, cancel);
        }
    }

    /// <summary>For a command, which proves by its secret that it has asked for the export.</summary>
    internal async Task<Outcome<ExportFile>> ExecuteAsync(string key, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        TokenDigest? digest = TokenDigest.Of(key);
        var export = await record.Exports.AsNoTracking().SingleOrDefaultAsync(row => row.Key == digest, cancellationToken);
        var name = await record.Repositories.Where(row => export != null && row.Id == export.RepositoryId).Select(row => (RepositoryName?)row.Name).SingleOrDefaultAsync(cancellationToken);
        return await OpenAsync(record, export, name, reads: true, Actor.Operator, static _ => Task.FromResult(true), cancellationToken);
    }

    internal static Refusal NoSuch() => Refusal.NotFound("There is no such export.");

    private static Refusal NotYet() => Refusal.Conflict("It is still being made; wait until that is done.");

    private async Task<Outcome<ExportFile>> OpenAsync(
        RecordContext record, Export? export, RepositoryName? name, bool reads, Actor actor, Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        if (export is null || name is null)
            return NoSuch();
        if (export.KeptUntil is not { } end)
            return NotYet();
        var node = grains.GetGrain<IStorageNodeGrain>(export.NodeName);
        if (end <= time.GetUtcNow() || await node.ReadExport(export.Id, 0, cancellationToken) is not { } first)
            return Refusal.Gone("Its time is over, or its file is gone; ask for another export.");
        if (reads)
        {
            record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.ExportDownloaded, name.Value.Value, export.RepositoryId, new { file = export.FileName }));
            await record.SaveChangesAsync(cancellationToken);
        }

        return new ExportFile(export, new ExportStream(node, export.Id, first.FileBytes, mayGoOn, time));
    }
}
