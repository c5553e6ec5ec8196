using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Exports;

/// <summary>An export's file as a stream. It breaks off within a second when its reader loses the right to it, as requests of svn clients do.</summary>
internal sealed class ExportStream(IStorageNodeGrain node, Guid export, long length, Func<CancellationToken, Task<bool>> mayGoOn, TimeProvider time) : PieceStream(length)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private long _askedAt = time.GetTimestamp();

    protected override async Task<ReadOnlyMemory<byte>> FetchAsync(long position, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_askedAt) >= AskEvery)
        {
            if (!await mayGoOn(cancellationToken))
                throw new IOException("the export, or the right to it, was taken away while it was downloaded");
            _askedAt = time.GetTimestamp();
        }

        return await node.ReadExport(export, position, cancellationToken) is { Bytes.Length: > 0 } piece
            ? piece.Bytes
            : throw new IOException("the file of the export went away while it was downloaded");
    }
}
