using System.Collections.Immutable;
using Orleans.Concurrency;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Search;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Searching;

/// <summary>What search indexes are made from here. It only passes on: no disk is touched on a grain's turn.</summary>
[Reentrant]
[NodePinned]
internal sealed class SearchSourceGrain(ReadHead head, ReadMessages messages, ListChangedFiles files) : Grain, ISearchSourceGrain
{
    public Task<SearchHead> ReadHead(RepositoryCopy copy, CancellationToken cancellationToken) =>
        Task.Run(() => head.Run(copy), cancellationToken);

    public Task<ImmutableArray<RevisionMessage>> ReadMessages(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken) =>
        Task.Run(() => messages.Run(copy, first, limit, cancellationToken), cancellationToken);

    public Task<ChangedFiles> ListChangedFiles(RepositoryCopy copy, string directory, long from, long to, string? after, CancellationToken cancellationToken) =>
        Task.Run(() => files.Run(copy, directory, from, to, after, cancellationToken), cancellationToken);
}
