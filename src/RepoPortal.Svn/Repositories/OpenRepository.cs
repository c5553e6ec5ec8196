using System.Runtime.InteropServices;
using RepoPortal.Svn.Errors;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Repositories;

/// <summary>A repository opened in a pool of its own; one thread uses it at a time.</summary>
internal sealed unsafe class OpenRepository : IDisposable
{
    private readonly SvnPool _pool;

    private OpenRepository(SvnPool pool, svn_repos_t* repos)
    {
        _pool = pool;
        Repos = repos;
        Fs = SvnRepos.svn_repos_fs(repos);

        // The default warning handler ends the process (svn_fs_set_warning_func in svn_fs.h).
        SvnFs.svn_fs_set_warning_func(Fs, &OnWarning, null);
    }

    public svn_repos_t* Repos { get; }

    public svn_fs_t* Fs { get; }

    private delegate svn_repos_t* Obtain(string directory, SvnPool pool, SvnPool scratch);

    /// <exception cref="SvnException">There is no repository, or it cannot be read.</exception>
    /// <param name="directory">The repository's directory.</param>
    /// <param name="pastCaches">Read from the disk what libsvn has read before: for whoever wants to know whether the disk still has it.</param>
    public static OpenRepository Open(string directory, bool pastCaches = false) => InNewPool(directory, (directory, pool, scratch) =>
    {
        svn_repos_t* repos;
        Check(SvnRepos.svn_repos_open3(&repos, directory, pastCaches ? PastCaches(pool) : Configuration(pool), pool, scratch));
        return repos;
    });

    /// <exception cref="SvnException">There is something already, or the disk refuses.</exception>
    public static OpenRepository Create(string directory) => InNewPool(directory, static (directory, pool, _) =>
    {
        svn_repos_t* repos;
        Check(SvnRepos.svn_repos_create(&repos, directory, null, null, null, null, pool));
        return repos;
    });

    public string GetUuid()
    {
        using var pool = new SvnPool();
        byte* uuid;
        Check(SvnFs.svn_fs_get_uuid(Fs, &uuid, pool));
        return Utf8.String(uuid)!;
    }

    public long GetYoungest()
    {
        using var pool = new SvnPool();
        nint youngest;
        Check(SvnFs.svn_fs_youngest_rev(&youngest, Fs, pool));
        return youngest;
    }

    public void Dispose() => _pool.Dispose();

    private static OpenRepository InNewPool(string directory, Obtain obtain)
    {
        var pool = new SvnPool();
        try
        {
            using var scratch = new SvnPool();
            return new OpenRepository(pool, obtain(RepositoryDirectory.Canonicalize(directory, scratch), pool, scratch));
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    // Revision properties are kept for as long as the repository stays open; a listing needs one set for every entry.
    private static apr_hash_t* Configuration(SvnPool pool) => Configuration(pool, ("fsfs-cache-revprops", "1"));

    // libsvn's cache belongs to the process and is keyed by a namespace: in one of its own, nothing has been read before.
    private static apr_hash_t* PastCaches(SvnPool pool) => Configuration(
        pool, ("fsfs-cache-namespace", Guid.NewGuid().ToString("n")), ("fsfs-cache-deltas", "0"), ("fsfs-cache-fulltexts", "0"), ("fsfs-cache-revprops", "0"));

    private static apr_hash_t* Configuration(SvnPool pool, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var configuration = Apr.apr_hash_make(pool);
        foreach (var (name, value) in settings)
            Apr.apr_hash_set(configuration, Apr.apr_pstrdup(pool, name), Apr.StringKey, Apr.apr_pstrdup(pool, value));
        return configuration;
    }

    // Nothing is thrown into C: an event source keeps to itself what goes wrong while it writes.
    [UnmanagedCallersOnly]
    private static void OnWarning(void* baton, svn_error_t* error) => SvnEventSource.Log.Warning(error);
}
