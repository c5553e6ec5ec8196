using System.Collections.Immutable;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Compares any two paths at any two revisions.</summary>
internal sealed class CompareNodes(ReadHistory read, TimeProvider time)
{
    private static readonly TimeSpan MostWalk = TimeSpan.FromSeconds(2);

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<Comparison> Run(
        RepositoryCopy copy, PegPath from, PegPath to, DiffOptions options, Reader reader, CancellationToken cancellationToken) =>
        read.Run<Comparison>(copy, from, reader, (history, first) =>
        {
            if (read.Find(history, to, out var second) is { } absence)
                return absence;
            var (changes, hasMore) = Walk(history, first.Place, second.Place);
            var (diffs, stop) = Diff(history, first.Place, second.Place, changes, options);
            return new Comparison(first.Place, second.Place, second.Kind == SvnNodeKind.Directory, changes, diffs, stop, hasMore);
        }, cancellationToken);

    private (ImmutableArray<PathChange> Changes, bool HasMore) Walk(SightedHistory history, PathAtRevision from, PathAtRevision to)
    {
        var budget = new ReadingBudget(time, MostWalk);
        var changes = ImmutableArray.CreateBuilder<PathChange>();
        var hasMore = false;
        history.Look.CompareTrees(
            history.Directory, new SvnNodeLocation(from.Path, from.Revision), new SvnNodeLocation(to.Path, to.Revision), history.MaySee,
            difference =>
            {
                hasMore = changes.Count == Comparison.MostChanges || budget.IsOver;
                if (!hasMore)
                    changes.Add(Describe(difference));
                return !hasMore;
            },
            history.Cancellation);
        return (changes.ToImmutable(), hasMore);
    }

    private static PathChange Describe(SvnTreeDifference difference) => new(
        difference.Path,
        (difference.FromKind, difference.ToKind) switch
        {
            (SvnNodeKind.None, _) => PathChangeKind.Added,
            (_, SvnNodeKind.None) => PathChangeKind.Deleted,
            _ => PathChangeKind.Modified,
        },
        (difference.ToKind == SvnNodeKind.None ? difference.FromKind : difference.ToKind) == SvnNodeKind.Directory,
        difference.ContentDiffers,
        difference.PropertiesDiffer,
        null);

    private (ImmutableArray<NodeDiff> Diffs, DiffStop? Stop) Diff(
        SightedHistory history, PathAtRevision from, PathAtRevision to, ImmutableArray<PathChange> changes, DiffOptions options)
    {
        var compare = new DiffNodes(history, options, time);
        var diffs = ImmutableArray.CreateBuilder<NodeDiff>();
        foreach (var change in changes)
        {
            if (diffs.Count > 0 && compare.Stop is { } stop)
                return (diffs.ToImmutable(), stop);
            diffs.Add(compare.Run(
                change.Path,
                change.Kind == PathChangeKind.Added ? null : Below(from, change.Path),
                change.Kind == PathChangeKind.Deleted ? null : Below(to, change.Path)));
        }

        return (diffs.ToImmutable(), null);
    }

    private static PathAtRevision Below(PathAtRevision place, string path) =>
        path.Length == 0 ? place : place with { Path = place.Path == "/" ? $"/{path}" : $"{place.Path}/{path}" };
}
