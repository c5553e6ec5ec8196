using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>The tree of one revision, in the pool of the operation that reads it.</summary>
internal sealed unsafe class RevisionRoot : IDisposable
{
    private readonly RepositoryCache _cache;
    private readonly RepositoryCache.Kept _kept;
    private bool _disposed;

    private RevisionRoot(RepositoryCache cache, RepositoryCache.Kept kept, long? revision)
    {
        _cache = cache;
        _kept = kept;
        Pool = new SvnPool();
        try
        {
            Revision = revision ?? kept.Repository.GetYoungest();
            svn_fs_root_t* root;
            Check(SvnFs.svn_fs_revision_root(&root, Fs, (nint)Revision, Pool));
            Root = root;
        }
        catch
        {
            Pool.Dispose();
            throw;
        }
    }

    /// <summary>Owns what the operation reads; freed with the root.</summary>
    public SvnPool Pool { get; }

    public svn_fs_root_t* Root { get; }

    public svn_repos_t* Repos => _kept.Repository.Repos;

    public svn_fs_t* Fs => _kept.Repository.Fs;

    public long Revision { get; }

    /// <exception cref="SvnException">There is no repository, or no such revision.</exception>
    public static RevisionRoot Open(RepositoryCache cache, SvnLookOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var kept = cache.Rent(origin.RepositoryPath);
        try
        {
            return new RevisionRoot(cache, kept, origin.Revision);
        }
        catch
        {
            cache.Return(kept);
            throw;
        }
    }

    /// <summary>Frees the operation's pool and gives the repository back, once.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Pool.Dispose();
        _cache.Return(_kept);
    }
}
