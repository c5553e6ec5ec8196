using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.History;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Finds files by a part of their paths, in one walk of the directories that the reader may see.</summary>
internal sealed class FindPaths(ReadCopy read, SvnLookClient look, ReaderAccess access, TimeProvider time)
{
    private const string Trunk = "/trunk";

    // Somebody waits for it after each letter.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    /// <summary>The files that match; null when the reader may see no such directory.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public FoundPaths? Run(RepositoryCopy copy, PathSearch search, Reader reader, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        var youngest = look.GetYoungest(directory);
        var revision = search.Revision ?? (search.At is { } at ? look.GetDatedRevision(directory, at) : youngest);
        if (revision < 0 || revision > youngest)
            return null;
        try
        {
            var origin = new SvnLookOrigin(directory, revision);
            var sight = access.Of(directory, reader);
            var top = search.Directory is { } named ? NodePath.Normalise(named)
                : look.GetNodeKind(origin, Trunk) == SvnNodeKind.Directory && sight.MaySee(Trunk) ? Trunk : "/";
            var place = new Place(origin, youngest, top, sight);
            var begin = Begin(place, reader);
            return begin.Count > 0 ? Find(place, begin, search, cancellationToken) : null;
        }
        catch (SvnException exception) when (exception.IsNotFound || exception.IsPathSyntax)
        {
            return null;
        }
    });

    // Whoever may see parts of a directory only, and not itself, looks in those.
    private List<string> Begin(Place place, Reader reader)
    {
        if (place.Sight.MaySee(place.Path))
            return look.GetNodeKind(place.Origin, place.Path) == SvnNodeKind.Directory ? [place.Path] : [];
        return [.. access.ChangesOf(place.Origin.RepositoryPath, reader)
            .Where(change => change.MaySee && NodePath.IsAtOrBelow(change.Path, place.Path) && look.GetNodeKind(place.Origin, change.Path) == SvnNodeKind.Directory)
            .Select(change => change.Path)];
    }

    private FoundPaths Find(Place place, List<string> begin, PathSearch search, CancellationToken cancellationToken)
    {
        var matcher = new PathMatcher(search.Query);
        var budget = new ReadingBudget(time, MostTime);
        var found = new List<(int Score, string Path)>();
        var seen = new HashSet<string>(begin, StringComparer.Ordinal);
        // Level by level: when time is up, what is missing lies deepest.
        var directories = new Queue<string>(begin);
        var (looked, isOver) = (0, false);
        while (directories.Count > 0 && !isOver)
        {
            var directory = directories.Dequeue();
            foreach (var entry in place.Names(look, directory, cancellationToken))
            {
                isOver = budget.IsOver;
                if (isOver)
                    break;
                var path = NodePath.Join(directory, entry.Name);
                if (entry.NodeKind == SvnNodeKind.Directory)
                {
                    if (seen.Add(path))
                        directories.Enqueue(path);
                    continue;
                }

                looked++;
                var relative = path[(place.Path == "/" ? 1 : place.Path.Length + 1)..];
                if ((matcher.IsEmpty ? 0 : matcher.Score(relative)) is { } score)
                    found.Add((score, relative));
            }
        }

        // Of paths that fit as well, the shorter one has less that nobody asked for.
        var best = matcher.IsEmpty
            ? found.OrderBy(file => file.Path, StringComparer.Ordinal)
            : found.OrderByDescending(file => file.Score).ThenBy(file => file.Path.Length).ThenBy(file => file.Path, StringComparer.Ordinal);
        return new FoundPaths(
            place.Revision, place.Youngest, place.Path, [.. best.Take(search.Most).Select(file => matcher.Mark(file.Path))], found.Count, looked, !isOver);
    }
}
