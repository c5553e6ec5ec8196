using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Looking;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <content>What changed.</content>
public sealed unsafe partial class SvnLookClient
{
    /// <summary>What a revision changed.</summary>
    /// <param name="origin">The repository and the revision.</param>
    /// <param name="limit">The most paths wanted.</param>
    /// <param name="cancellation">Stops a long reading.</param>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public SvnChangedPaths GetChangedPaths(SvnLookOrigin origin, int limit = int.MaxValue, CancellationToken cancellation = default)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return ChangedPaths.Read(root, limit, cancellation);
    }

    /// <summary>Hands over the path of every change of a revision, in no particular order, and keeps none: for revisions of any size.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public void VisitChangedPaths(SvnLookOrigin origin, Action<string> receive, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        using var root = RevisionRoot.Open(_cache, origin);
        ChangedPaths.Visit(root, receive, cancellation);
    }

    /// <summary>Hands over every change of a revision, as they are stored, which is by path where a recent server wrote it; <paramref name="receive"/> says false to end.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public void VisitChanges(SvnLookOrigin origin, Func<SvnChangeItem, bool> receive, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        using var root = RevisionRoot.Open(_cache, origin);
        ChangedPaths.Visit(root, receive, cancellation);
    }

    /// <summary>
    /// Hands over where a node was in each revision that changed it or anything below it, the youngest first, also before it was copied to where it is;
    /// <paramref name="receive"/> says false to end.
    /// </summary>
    /// <exception cref="SvnException">There is no such revision or path.</exception>
    public void VisitHistory(SvnLookOrigin origin, string path, Func<SvnNodeLocation, bool> receive, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        using var root = RevisionRoot.Open(_cache, origin);
        NodeHistory.Visit(root, path, receive, cancellation);
    }

    /// <summary>
    /// The revisions of a file and of what was merged into it, the oldest first, as <c>svn blame -g</c> takes them: where <c>svn:mergeinfo</c> grew, the history of what was
    /// merged stands between, and what was merged into that.
    /// </summary>
    /// <param name="origin">The repository, and the revision in which the file is looked up.</param>
    /// <param name="path">The file.</param>
    /// <param name="maySee">Asked of each path; a history ends where it is not to be seen.</param>
    /// <param name="isOver">Asked again and again; true gives the reading up.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Null when it was given up.</returns>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a file.</exception>
    public IReadOnlyList<SvnFileRevision>? GetFileRevisions(
        SvnLookOrigin origin, string path, Func<string, bool> maySee, Func<bool> isOver, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(maySee);
        ArgumentNullException.ThrowIfNull(isOver);
        using var root = RevisionRoot.Open(_cache, origin);
        return new FileRevisions(maySee, isOver, cancellation).Read(root, path);
    }

    /// <summary>The last copy by which a path came to be where it is, its own or that of a directory above it; null when there was none.</summary>
    /// <exception cref="SvnException">There is no such revision or path.</exception>
    public SvnCopy? GetCopy(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return NodeHistory.ClosestCopy(root, path);
    }

    /// <summary>Hands over where two trees, or two files, differ; <paramref name="receive"/> says false to end.</summary>
    /// <param name="repositoryPath">The repository's directory on disk.</param>
    /// <param name="from">The first tree.</param>
    /// <param name="to">The second tree.</param>
    /// <param name="maySee">Asked of each path; what is not to be seen counts as not there.</param>
    /// <param name="receive">Receives the differences, a directory's before those below it.</param>
    /// <param name="cancellation">Stops a long reading.</param>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public void CompareTrees(
        string repositoryPath, SvnNodeLocation from, SvnNodeLocation to, Func<string, bool> maySee, Func<SvnTreeDifference, bool> receive,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(maySee);
        ArgumentNullException.ThrowIfNull(receive);
        using var root = RevisionRoot.Open(_cache, new SvnLookOrigin(repositoryPath, from.Revision));
        svn_fs_root_t* other;
        Check(SvnFs.svn_fs_revision_root(&other, root.Fs, (nint)to.Revision, root.Pool));
        new TreeComparison(root.Root, other, maySee, receive, cancellation).Run(from.Path, to.Path);
    }

    /// <summary>The commits that changed a path or anything below it, newest first.</summary>
    /// <param name="origin">The repository, and the revision in which <paramref name="path"/> is looked up.</param>
    /// <param name="path">A file or directory; <c>/</c> for every commit.</param>
    /// <param name="args">The range, the limit and what entries carry; everything but changed paths when null.</param>
    /// <param name="cancellation">Stops a long reading.</param>
    /// <exception cref="SvnException">There is no such revision or path.</exception>
    public IReadOnlyList<SvnLogEntry> GetLog(SvnLookOrigin origin, string path, SvnLogArgs? args = null, CancellationToken cancellation = default)
    {
        var entries = new List<SvnLogEntry>();
        Log(origin, path, args ?? new SvnLogArgs(), entries.Add, cancellation);
        return entries;
    }

    /// <summary>Like <see cref="GetLog"/>, handing over each commit as it is read. What <paramref name="receive"/> throws ends the reading and is thrown on.</summary>
    public void Log(SvnLookOrigin origin, string path, SvnLogArgs args, Action<SvnLogEntry> receive, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(receive);
        using var root = RevisionRoot.Open(_cache, origin);
        ReadLog.Read(root, path, args, receive, cancellation);
    }
}
