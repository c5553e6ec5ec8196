using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>A path that is there.</summary>
/// <param name="Place">The path in its one spelling, and the revision.</param>
/// <param name="Kind">File or directory.</param>
internal readonly record struct FoundNode(PathAtRevision Place, SvnNodeKind Kind);

/// <summary>Looks a path up, and tells what is there in its place when it is not.</summary>
internal sealed class FindNode(SightedHistory history, ReadingBudget budget)
{
    /// <summary>The longest that is looked for when a path was deleted.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(200);

    private const int MostSteps = 500;

    /// <summary>Null when it is there. The root is always there, though somebody may see only what is below it.</summary>
    public Absence? Run(PegPath path, out FoundNode found)
    {
        var revision = path.Revision ?? (path.At is { } at ? history.Look.GetDatedRevision(history.Directory, at) : history.Youngest);
        var canonical = Canonicalize(path.Path);
        var place = new PathAtRevision(canonical ?? path.Path, revision);
        found = new FoundNode(place, SvnNodeKind.Directory);
        if (revision < 0 || revision > history.Youngest)
            return new Absence(AbsenceReason.Revision, place.Path, revision, history.Youngest);
        if (canonical is null)
            return new Absence(AbsenceReason.PathSyntax, place.Path, revision, history.Youngest);
        if (canonical == "/")
            return null;
        var kind = history.KindOf(place);
        found = new FoundNode(place, kind);
        return kind == SvnNodeKind.None ? Describe(place) : null;
    }

    // The form in which access files and libsvn know it: one that is only nearly the same would be asked for under another rule.
    private static string? Canonicalize(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToArray();
        var isText = path.EnumerateRunes().All(rune => rune.Value is not (0 or 0xFFFD)) && !segments.Contains("..");
        return isText ? '/' + string.Join('/', segments) : null;
    }

    private Absence Describe(PathAtRevision place)
    {
        var nearest = place.Path;
        do
            nearest = nearest[..Math.Max(nearest.LastIndexOf('/'), 1)];
        while (nearest != "/" && history.KindOf(place with { Path = nearest }) != SvnNodeKind.Directory);
        var isThere = history.KindOf(place with { Path = nearest }) == SvnNodeKind.Directory;
        return new Absence(
            AbsenceReason.Path, place.Path, place.Revision, history.Youngest, isThere ? nearest : null,
            isThere && history.MaySee(place.Path) ? FindDeletion(nearest, place) : null);
    }

    // Whatever takes an entry out of a directory changes the directory, so one of its last changes took the path away, if it ever was there.
    private Deletion? FindDeletion(string directory, PathAtRevision place)
    {
        var below = place.Path[(directory == "/" ? 0 : directory.Length)..];
        Deletion? deletion = null;
        var (steps, after) = (0, 0L);
        history.Look.VisitHistory(history.At(place.Revision), directory, step =>
        {
            var before = new PathAtRevision(step.Path == "/" ? below : step.Path + below, step.Revision);
            if (after > 0 && history.KindOf(before) != SvnNodeKind.None)
                deletion = new Deletion(after, before);
            after = step.Revision;
            return deletion is null && ++steps < MostSteps && !budget.IsOver;
        }, history.Cancellation);
        return deletion;
    }
}
