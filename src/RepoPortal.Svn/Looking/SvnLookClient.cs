using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Looking;
using RepoPortal.Svn.Paths;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>Reads repositories, as <c>svnlook</c> does, in process. Calls may come from many threads at once.</summary>
public sealed unsafe class SvnLookClient : IDisposable
{
    private readonly RepositoryCache _cache;

    /// <summary>One client serves a process: it keeps repositories open between calls, each for two seconds at the most.</summary>
    /// <param name="time">The clock of that; the system's when null.</param>
    public SvnLookClient(TimeProvider? time = null)
        : this(new RepositoryCache(time ?? TimeProvider.System))
    {
    }

    private SvnLookClient(RepositoryCache cache) => _cache = cache;

    /// <summary>A client that finds nothing in libsvn's caches that was read before: for whoever wants to know whether the disk still has it.</summary>
    public static SvnLookClient PastCaches(TimeProvider? time = null) => new(new RepositoryCache(time ?? TimeProvider.System, pastCaches: true));

    /// <summary>The repository's UUID, in lower case.</summary>
    /// <exception cref="SvnException">There is no repository.</exception>
    public string GetUuid(string repositoryPath)
    {
        var kept = _cache.Rent(repositoryPath);
        try
        {
            return kept.Repository.GetUuid();
        }
        finally
        {
            _cache.Return(kept);
        }
    }

    /// <summary>The number of the newest revision; 0 in a new repository.</summary>
    /// <exception cref="SvnException">There is no repository.</exception>
    public long GetYoungest(string repositoryPath)
    {
        var kept = _cache.Rent(repositoryPath);
        try
        {
            return kept.Repository.GetYoungest();
        }
        finally
        {
            _cache.Return(kept);
        }
    }

    /// <summary>The entries of a directory ordered by name, not descending.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a directory.</exception>
    public IReadOnlyList<SvnDirEntry> List(SvnLookOrigin origin, string path, CancellationToken cancellation = default)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).List(path, cancellation);
    }

    /// <summary>A file or directory alone; null when nothing is at that path.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public SvnDirEntry? GetInfo(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).Stat(path);
    }

    /// <summary>What is at a path; <see cref="SvnNodeKind.None"/> when nothing is.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public SvnNodeKind GetNodeKind(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        int kind;
        Check(SvnFs.svn_fs_check_path(&kind, root.Root, FsPath.Canonicalize(path), root.Pool));
        return (SvnNodeKind)kind;
    }

    /// <summary>Opens a file for reading; the caller disposes the stream.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a file.</exception>
    public SvnFileStream OpenFile(SvnLookOrigin origin, string path)
    {
        var root = RevisionRoot.Open(_cache, origin);
        try
        {
            return new SvnFileStream(root, path);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <summary>The versioned properties of a file or directory.</summary>
    /// <exception cref="SvnException">There is no such revision or path.</exception>
    public IReadOnlyDictionary<string, SvnPropertyValue> GetProperties(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        apr_hash_t* table;
        Check(SvnFs.svn_fs_node_proplist(&table, root.Root, FsPath.Canonicalize(path), root.Pool));
        return PropertyTable.Copy(table, root.Pool);
    }

    /// <summary>The properties of a revision: svn:author, svn:date, svn:log and whatever else was set.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public IReadOnlyDictionary<string, SvnPropertyValue> GetRevisionProperties(SvnLookOrigin origin)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        apr_hash_t* table;
        Check(SvnFs.svn_fs_revision_proplist2(&table, root.Fs, (nint)root.Revision, refresh: 1, root.Pool, root.Pool));
        return PropertyTable.Copy(table, root.Pool);
    }

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

    /// <summary>
    /// 32 bytes that tell what a revision changed: paths, copies, properties and whole contents. Equal in every faithful copy of a repository, however it is
    /// stored; revision properties are left out, because they may change.
    /// </summary>
    /// <exception cref="SvnException">There is no such revision, or it cannot be read; <see cref="SvnException.IsCorrupt"/> when a checksum is wrong.</exception>
    public byte[] GetDigest(SvnLookOrigin origin, CancellationToken cancellation = default)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        using var digest = new RevisionDigest(root, cancellation);
        return digest.Compute();
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

    /// <summary>Closes the repositories that are kept open; streams that are being read go on.</summary>
    public void Dispose() => _cache.Dispose();
}
