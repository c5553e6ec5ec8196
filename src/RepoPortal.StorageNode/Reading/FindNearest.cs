using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Says of a path that is not there what is, and when it went away. A path that is hidden is one that is not there.</summary>
internal sealed class FindNearest(SvnLookClient look, ReaderAccess access)
{
    private const int MostOpen = 20;

    // How far back a deletion is looked for, and among how many paths of one commit: about as long as a page may take.
    private const int MostCommits = 200;
    private const int MostChanges = 1000;

    public NoContent Run(Place place, Reader reader, CancellationToken cancellationToken)
    {
        var exists = place.Revision >= 0 && place.Revision <= place.Youngest;
        var origin = exists ? place.Origin : place.Origin with { Revision = place.Youngest };
        // In a revision that is not there yet, the path itself may be what is nearest.
        var nearest = exists ? NodePath.Parent(place.Path) : place.Path;
        while (nearest is not null && !(place.Sight.MaySee(nearest) && look.GetNodeKind(origin, nearest) != SvnNodeKind.None))
            nearest = NodePath.Parent(nearest);
        var deleted = exists && nearest is not null && place.Sight.MaySee(place.Path) ? DeletedIn(place, nearest, cancellationToken) : null;
        return new NoContent(place.Revision, place.Youngest, place.Path, nearest, deleted, nearest is null ? Open(origin, reader) : []);
    }

    private long? DeletedIn(Place place, string nearest, CancellationToken cancellationToken)
    {
        var log = look.GetLog(
            place.Origin, nearest, new SvnLogArgs { Limit = MostCommits, ChangedPathLimit = MostChanges, StrictNodeHistory = true }, cancellationToken);
        var deletion = log.FirstOrDefault(entry => entry.ChangedPaths!.Items.Any(change =>
            change.Action is SvnChangeAction.Delete or SvnChangeAction.Replace && NodePath.IsAtOrBelow(place.Path, change.Path)));
        return deletion is not null && look.GetNodeKind(place.Origin with { Revision = deletion.Revision - 1 }, place.Path) != SvnNodeKind.None ? deletion.Revision : null;
    }

    // Whoever may see a part of a repository only, and not its root, has to begin somewhere.
    private ImmutableArray<string> Open(SvnLookOrigin origin, Reader reader) =>
    [
        .. access.ChangesOf(origin.RepositoryPath, reader)
            .Where(change => change.MaySee && look.GetNodeKind(origin, change.Path) != SvnNodeKind.None).Select(change => change.Path).Take(MostOpen),
    ];
}
