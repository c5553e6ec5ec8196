using System.Collections.Immutable;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.History;

/// <summary>Compares what a revision changed with what was there before.</summary>
internal sealed class DiffRevision(ReadHistory read, TimeProvider time)
{
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<DiffPage> Run(
        RepositoryCopy copy, long revision, ImmutableArray<string> paths, DiffOptions options, Reader reader, CancellationToken cancellationToken) =>
        read.Run<DiffPage>(copy, new PegPath("/", revision), reader, (history, _) =>
        {
            var changes = Find(history, revision, paths);
            var diffs = ImmutableArray.CreateBuilder<NodeDiff>();
            var compare = new DiffNodes(history, options, time);
            foreach (var change in paths.Where(changes.ContainsKey).Select(path => changes[path]))
            {
                // The first is always compared: otherwise a page might never get any further.
                if (diffs.Count > 0 && compare.Stop is { } stop)
                    return new DiffPage(revision, diffs.ToImmutable(), stop);
                diffs.Add(compare.Run(change.Path, RevisionChanges.Old(history, revision, change), RevisionChanges.New(revision, change)));
            }

            return new DiffPage(revision, diffs.ToImmutable(), null);
        }, cancellationToken);

    private static Dictionary<string, PathChange> Find(SightedHistory history, long revision, ImmutableArray<string> paths)
    {
        var wanted = paths.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, PathChange>(StringComparer.Ordinal);
        history.Look.VisitChanges(
            history.At(revision),
            item =>
            {
                if (wanted.Contains(item.Path) && history.MaySee(item.Path))
                    found[item.Path] = RevisionChanges.Describe(history, revision, item);
                return found.Count < wanted.Count;
            },
            history.Cancellation);
        return found;
    }
}
