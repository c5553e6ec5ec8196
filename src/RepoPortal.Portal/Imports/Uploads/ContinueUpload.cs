using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>Passes on what somebody sends of their upload to the storage node that keeps it, in pieces that a message can hold.</summary>
internal sealed class ContinueUpload(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, TimeProvider time)
{
    /// <summary>How much is there.</summary>
    internal async Task<Outcome<UploadView>> ViewAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, actor, cancellationToken) is not { } upload)
            return NoSuch();
        return new UploadView(id, upload.Length, await NodeOf(upload).MeasureUpload(id));
    }

    /// <summary>Adds to it, until the content ends or the upload is complete.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Where in the file the content begins.</param>
    /// <param name="content">The content. What came before the connection broke stays.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="cancellationToken">The request.</param>
    /// <returns>How much is there now; a conflict when the content begins elsewhere than where the upload ends.</returns>
    internal async Task<Outcome<UploadView>> ExecuteAsync(Guid id, long offset, Stream content, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, actor, cancellationToken) is not { } upload)
            return NoSuch();
        var node = NodeOf(upload);
        if (await node.MeasureUpload(id) is var here && here != offset)
            return Refusal.Conflict($"The upload goes on at byte {here}.", "offset");
        await TouchAsync(id, cancellationToken);
        while (offset < upload.Length)
        {
            // One for each: the message may still be on its way when the next piece is read.
            var piece = new byte[Math.Min(UploadPiece.MaxLength, upload.Length - offset)];
            var length = await content.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken);
            if (length == 0)
                break;
            here = await node.ReceiveUpload(new UploadPiece(id, offset, piece.AsMemory(0, length)), cancellationToken);
            if (here != offset + length)
                return Refusal.Conflict($"The upload goes on at byte {here}; somebody else adds to it at the same time.", "offset");
            offset = here;
        }

        return new UploadView(id, upload.Length, offset);
    }

    /// <summary>Removes it.</summary>
    internal async Task<Outcome<Done>> RemoveAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, actor, cancellationToken) is not { } upload)
            return NoSuch();
        await NodeOf(upload).DropUpload(id);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        await record.Uploads.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        return Done.Instance;
    }

    private async Task<Upload?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Uploads.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.OwnerId == actor.UserId, cancellationToken);
    }

    private async Task TouchAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        await record.Uploads.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.TouchedAt, now), cancellationToken);
    }

    private IStorageNodeGrain NodeOf(Upload upload) => grains.GetGrain<IStorageNodeGrain>(upload.NodeName);

    private static Refusal NoSuch() => Refusal.NotFound("There is no such upload of yours.");
}
