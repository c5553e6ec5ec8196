using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Reads a revision and a page of the paths that it changed: the rest is not looked at, so a revision of any size opens alike.</summary>
internal sealed class ReadRevision(ReadHistory read)
{
    private const int MostPaths = 1000;

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<RevisionExtract> Run(RepositoryCopy copy, long revision, int skip, int limit, Reader reader, CancellationToken cancellationToken) =>
        read.Run<RevisionExtract>(copy, new PegPath("/", revision), reader, (history, _) =>
        {
            limit = Math.Clamp(limit, 1, MostPaths);
            skip = Math.Max(skip, 0);
            var changes = new List<PathChange>();
            var hasMore = false;
            RevisionChanges.Visit(history, revision, skip, change =>
            {
                hasMore = changes.Count == limit;
                if (!hasMore)
                    changes.Add(change);
                return !hasMore;
            });
            return new RevisionExtract(history.Header(revision), history.Youngest, [.. changes], skip, hasMore);
        }, cancellationToken);
}
