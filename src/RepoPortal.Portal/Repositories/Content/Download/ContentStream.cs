using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A file as a stream. It breaks off when its reader loses the right to it, as requests of svn clients do.</summary>
internal sealed class ContentStream(ContentSource source, PathAtRevision file, long length, StillOpen open) : PieceStream(length)
{
    protected override async Task<ReadOnlyMemory<byte>> FetchAsync(long position, CancellationToken cancellationToken)
    {
        await open.RequireAsync(cancellationToken);
        return await source.Content.ReadFile(source.Copy, file, position, source.Reader, cancellationToken) is { Bytes.Length: > 0 } piece
            ? piece.Bytes
            : throw StillOpen.Lost();
    }
}
