using System.Collections.Immutable;
using Orleans.Concurrency;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.History;

/// <summary>What the cluster may ask this node about what changed. It only passes on: no disk is touched on a grain's turn.</summary>
[Reentrant]
[NodePinned]
internal sealed class HistoryGrain(ReadLog log, ReadRevision revisions, DiffRevision diff, WritePatch patch, CompareNodes compare, BlameFile blame, ListLines lines)
    : Grain, IHistoryGrain
{
    public Task<HistoryAnswer<LogExtract>> ReadLog(RepositoryCopy copy, LogQuery query, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => log.Run(copy, query, reader, cancellationToken), cancellationToken);

    public Task<HistoryAnswer<RevisionExtract>> ReadRevision(RepositoryCopy copy, long revision, int skip, int limit, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => revisions.Run(copy, revision, skip, limit, reader, cancellationToken), cancellationToken);

    public Task<HistoryAnswer<DiffPage>> DiffRevision(
        RepositoryCopy copy, long revision, ImmutableArray<string> paths, DiffOptions options, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => diff.Run(copy, revision, paths, options, reader, cancellationToken), cancellationToken);

    public Task<HistoryAnswer<PatchPiece>> ReadPatch(RepositoryCopy copy, long revision, int skip, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => patch.Run(copy, revision, skip, reader, cancellationToken), cancellationToken);

    public Task<HistoryAnswer<Comparison>> Compare(
        RepositoryCopy copy, PegPath from, PegPath to, DiffOptions options, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => compare.Run(copy, from, to, options, reader, cancellationToken), cancellationToken);

    public Task<HistoryAnswer<BlameView>> Blame(RepositoryCopy copy, PegPath path, bool creditMerged, TimeSpan most, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => blame.Run(copy, path, creditMerged, most, reader, cancellationToken), cancellationToken);

    public Task<HistoryAnswer<LinesPage>> ListLines(RepositoryCopy copy, LinesQuery query, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => lines.Run(copy, query, reader, cancellationToken), cancellationToken);
}
