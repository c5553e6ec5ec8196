using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Looking;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>Reads repositories, as <c>svnlook</c> does, in process. Calls may come from many threads at once.</summary>
public sealed unsafe class SvnLookClient : IDisposable
{
    private const int Md5Length = 16;

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

    /// <summary>The revision that was the youngest at a moment, by the dates of revisions; 0 before the first.</summary>
    /// <exception cref="SvnException">There is no repository.</exception>
    public long GetDatedRevision(string repositoryPath, DateTimeOffset at)
    {
        var kept = _cache.Rent(repositoryPath);
        try
        {
            using var pool = new SvnPool();
            nint revision;
            Check(SvnRepos.svn_repos_dated_revision(&revision, kept.Repository.Repos, AprTime.Of(at), pool));
            return revision;
        }
        finally
        {
            _cache.Return(kept);
        }
    }

    /// <summary>The lock that somebody holds on a path now; null when nobody does.</summary>
    /// <exception cref="SvnException">There is no repository.</exception>
    public SvnLock? GetLock(string repositoryPath, string path)
    {
        var kept = _cache.Rent(repositoryPath);
        try
        {
            return Locks.Find(kept.Repository, path);
        }
        finally
        {
            _cache.Return(kept);
        }
    }

    /// <summary>The locks that are held now on the entries of a directory, by path.</summary>
    /// <exception cref="SvnException">There is no repository.</exception>
    public IReadOnlyDictionary<string, SvnLock> GetLocks(string repositoryPath, string directory)
    {
        var kept = _cache.Rent(repositoryPath);
        try
        {
            return Locks.List(kept.Repository, directory);
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

    /// <summary>Some of the entries of a directory, in the order of the names: for directories of which a page is shown.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or one of the names is not in it.</exception>
    public IReadOnlyList<SvnDirEntry> List(SvnLookOrigin origin, string path, IReadOnlyList<SvnDirName> names, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).List(path, names, cancellation);
    }

    /// <summary>The names in a directory in no particular order, without what is known of each: a hundredth of the work of <see cref="List(SvnLookOrigin, string, CancellationToken)"/>.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a directory.</exception>
    public IReadOnlyList<SvnDirName> ListNames(SvnLookOrigin origin, string path, CancellationToken cancellation = default)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).ListNames(path, cancellation);
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

    /// <summary>The MD5 of a file's content in lower-case hexadecimal digits, as the repository keeps it: no content is read.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a file.</exception>
    public string GetMd5(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        svn_checksum_t* checksum;
        // svn_checksum_kind_t: svn_checksum_md5 is the first.
        Check(SvnFs.svn_fs_file_checksum(&checksum, kind: 0, root.Root, FsPath.Canonicalize(path), force: 1, root.Pool));
        return Convert.ToHexStringLower(new ReadOnlySpan<byte>(checksum->digest, Md5Length));
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
