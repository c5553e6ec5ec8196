using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>What a revision changed, of what the reader may see.</summary>
internal static class RevisionChanges
{
    /// <summary>Hands over the changes after the first <paramref name="skip"/>; <paramref name="receive"/> says false to end.</summary>
    public static void Visit(SightedHistory history, long revision, int skip, Func<PathChange, bool> receive)
    {
        var passed = 0;
        history.Look.VisitChanges(
            history.At(revision),
            item => !history.MaySee(item.Path) || passed++ < skip || receive(Describe(history, revision, item)),
            history.Cancellation);
    }

    /// <summary>What a changed path is to be compared with: where it was before, also in a directory that was copied in the same revision. Null when there is nothing.</summary>
    public static PathAtRevision? Old(SightedHistory history, long revision, PathChange change) => change.Kind switch
    {
        PathChangeKind.Added => change.CopiedFrom,
        PathChangeKind.Replaced => history.Visible(new PathAtRevision(change.Path, revision - 1)),
        PathChangeKind.Modified => history.Visible(Before(history, revision, change.Path, change.Path)),
        _ => history.Visible(Before(history, revision, change.Path, Parent(change.Path))),
    };

    /// <summary>Where it is now; null when it was deleted.</summary>
    public static PathAtRevision? New(long revision, PathChange change) =>
        change.Kind == PathChangeKind.Deleted ? null : new PathAtRevision(change.Path, revision);

    /// <summary>Where a path was that came with a copy.</summary>
    public static PathAtRevision CopySource(SvnCopy copy, string path) =>
        new((copy.From.Path == "/" ? "" : copy.From.Path) + path[copy.To.Path.Length..] is { Length: > 0 } source ? source : "/", copy.From.Revision);

    private static PathAtRevision Before(SightedHistory history, long revision, string path, string present) =>
        history.Look.GetNodeKind(history.At(revision), present) != SvnNodeKind.None
        && history.Look.GetCopy(history.At(revision), present) is { } copy && copy.To.Revision == revision
            ? CopySource(copy, path)
            : new PathAtRevision(path, revision - 1);

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('/'), 1)];

    /// <summary>A change as it is told.</summary>
    public static PathChange Describe(SightedHistory history, long revision, SvnChangeItem item)
    {
        var kind = item.NodeKind is SvnNodeKind.File or SvnNodeKind.Directory
            ? item.NodeKind
            : history.KindOf(new PathAtRevision(item.Path, item.Action == SvnChangeAction.Delete ? revision - 1 : revision));
        return new PathChange(
            item.Path,
            item.Action switch
            {
                SvnChangeAction.Add => PathChangeKind.Added,
                SvnChangeAction.Delete => PathChangeKind.Deleted,
                SvnChangeAction.Replace => PathChangeKind.Replaced,
                _ => PathChangeKind.Modified,
            },
            kind == SvnNodeKind.Directory,
            item.ContentModified,
            item.PropertiesModified,
            item is { CopyFromPath: { } from, CopyFromRevision: { } at } ? history.Visible(new PathAtRevision(from, at)) : null);
    }
}
