using Orleans.Concurrency;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Reading;

/// <summary>What the cluster may read here on somebody's behalf. It only passes on: no disk is touched on a grain's turn.</summary>
[Reentrant]
[NodePinned]
internal sealed class ContentGrain(NameState nameState, ViewContent view, ReadFile readFile, ListBelow listBelow, FindPaths findPaths, ListLocks listLocks) : Grain, IContentGrain
{
    public Task<string> NameState(RepositoryCopy copy, CancellationToken cancellationToken) => Task.Run(() => nameState.Run(copy), cancellationToken);

    public Task<ContentAnswer> View(RepositoryCopy copy, ContentRequest request, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => view.Run(copy, request, reader, cancellationToken), cancellationToken);

    public Task<FilePiece?> ReadFile(RepositoryCopy copy, PathAtRevision file, long offset, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => readFile.Run(copy, file, offset, reader, cancellationToken), cancellationToken);

    public Task<TreePiece?> ListBelow(RepositoryCopy copy, PathAtRevision directory, string? after, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => listBelow.Run(copy, directory, after, reader, cancellationToken), cancellationToken);

    public Task<FoundPaths?> FindPaths(RepositoryCopy copy, PathSearch search, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => findPaths.Run(copy, search, reader, cancellationToken), cancellationToken);

    public Task<HeldLocks> ListLocks(RepositoryCopy copy, int most, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => listLocks.Run(copy, most, reader), cancellationToken);
}
