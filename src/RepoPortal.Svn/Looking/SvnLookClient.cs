using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Looking;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>Reads repositories, as <c>svnlook</c> does, in process. Calls may come from many threads at once.</summary>
public sealed unsafe partial class SvnLookClient : IDisposable
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
    /// <param name="repositoryPath">The repository's directory on disk.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="recursive">Whether those on everything below it are wanted, too.</param>
    /// <exception cref="SvnException">There is no repository.</exception>
    public IReadOnlyDictionary<string, SvnLock> GetLocks(string repositoryPath, string directory, bool recursive = false)
    {
        var kept = _cache.Rent(repositoryPath);
        try
        {
            return Locks.List(kept.Repository, directory, recursive);
        }
        finally
        {
            _cache.Return(kept);
        }
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

    /// <summary>Closes the repositories that are kept open; streams that are being read go on.</summary>
    public void Dispose() => _cache.Dispose();
}
