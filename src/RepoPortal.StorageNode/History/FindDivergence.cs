using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Counts what a branch and its origin do not have of each other: what <c>svn mergeinfo --show-revs eligible</c> lists, one way and the other.</summary>
internal sealed class FindDivergence(SightedHistory history, ReadingBudget budget)
{
    // Most branches of a page come from the same line: it is walked once.
    private readonly Dictionary<string, LineChanges> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MergedInto?> _merged = new(StringComparer.Ordinal);

    /// <summary>Null where it cannot be told: the origin is not there any more, or is another than it was, or what is noted of merges cannot be read.</summary>
    public Divergence? Of(LineView line)
    {
        if (line is not { Origin: { } origin, MadeIn: { } madeIn } || !IsStillThere(origin) || Merged(line.Path) is not { } here || Merged(origin.Path) is not { } there)
            return null;
        if (!_origins.TryGetValue(origin.Path, out var changes))
            _origins[origin.Path] = changes = new LineChanges(history, origin.Path, budget);
        return changes.CountSince(origin.Revision, here) is { } behind && new LineChanges(history, line.Path, budget).CountSince(madeIn, there) is { } ahead
            ? new Divergence(ahead, behind)
            : null;
    }

    private bool IsStillThere(PathAtRevision origin) =>
        history.KindOf(origin with { Revision = history.Youngest }) == SvnNodeKind.Directory
        && !(history.Look.GetCopy(history.At(history.Youngest), origin.Path) is { } copy && copy.To.Revision > origin.Revision);

    private MergedInto? Merged(string path)
    {
        if (!_merged.TryGetValue(path, out var merged))
            _merged[path] = merged = MergedInto.Read(history, path);
        return merged;
    }
}

/// <summary>What was merged into a path, by its own mergeinfo or by that of a directory above it, which it inherits.</summary>
/// <param name="mergeinfo">The mergeinfo.</param>
/// <param name="below">The path below the directory that it was noted at; empty when that is the path itself.</param>
internal sealed class MergedInto(SvnMergeinfo mergeinfo, string below)
{
    /// <summary>Null when what is noted cannot be read.</summary>
    public static MergedInto? Read(SightedHistory history, string path)
    {
        for (var directory = path; directory is not null; directory = NodePath.Parent(directory))
        {
            if (history.MaySee(directory) && history.Look.GetProperties(history.At(history.Youngest), directory).TryGetValue("svn:mergeinfo", out var noted))
                return SvnMergeinfo.TryParse(noted.StringValue, out var mergeinfo) ? new MergedInto(mergeinfo, directory == "/" ? path : path[directory.Length..]) : null;
        }

        return new MergedInto(SvnMergeinfo.Empty, "");
    }

    /// <summary>Whether it has what a revision did to a path.</summary>
    public bool Has(string source, long revision) =>
        source.EndsWith(below, StringComparison.Ordinal) && mergeinfo.Contains(source[..^below.Length] is { Length: > 0 } noted ? noted : "/", revision);
}

/// <summary>The revisions that changed a line, the youngest first, read as far as somebody asks.</summary>
internal sealed class LineChanges(SightedHistory history, string path, ReadingBudget budget)
{
    private const int MostSteps = 2000;

    private readonly List<SvnNodeLocation> _places = [];
    private bool _isEnd;

    /// <summary>How many revisions after a point were not merged, of those that the reader may know of; null when the line did not exist at that point.</summary>
    public CommitCount? CountSince(long point, MergedInto merged)
    {
        var isWhole = Extend(point);
        if (_isEnd && (_places.Count == 0 || _places[^1].Revision > point))
            return null;
        var counted = 0;
        for (var at = 0; at < _places.Count && _places[at].Revision > point; at++)
        {
            var place = _places[at];
            if (counted > 0 && budget.IsOver)
                return new CommitCount(counted, IsAtLeast: true);
            // A rename is nothing to be merged.
            var isRename = at + 1 < _places.Count && _places[at + 1].Path != place.Path;
            if (!isRename && !merged.Has(place.Path, place.Revision) && history.VisibilityOf(place.Revision) != RevisionVisibility.None)
                counted++;
        }

        return new CommitCount(counted, !isWhole);
    }

    // False when time is over before the point is reached.
    private bool Extend(long point)
    {
        if (_isEnd || (_places.Count > 0 && _places[^1].Revision <= point))
            return true;
        var isCut = false;
        var (from, isFirst) = (_places.Count > 0 ? _places[^1] : new SvnNodeLocation(path, history.Youngest), _places.Count > 0);
        history.Look.VisitHistory(history.At(from.Revision), from.Path, place =>
        {
            // Where the walk before ended, this one begins.
            if (isFirst)
            {
                isFirst = false;
                return true;
            }

            isCut = _places.Count == MostSteps || budget.IsOver;
            if (isCut || !history.MaySee(place.Path))
                return false;
            _places.Add(place);
            return place.Revision > point;
        }, history.Cancellation);
        var isReached = _places.Count > 0 && _places[^1].Revision <= point;
        _isEnd = !isCut && !isReached;
        return !isCut;
    }
}
