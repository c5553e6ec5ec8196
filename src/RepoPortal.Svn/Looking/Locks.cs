using System.Security.Cryptography;
using System.Text;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Repositories;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Reads locks. They belong to the repository as it is now, not to a revision.</summary>
internal static unsafe class Locks
{
    // svn_depth_t: the directory and its entries, or all that is below it.
    private const int Immediates = 2;
    private const int Infinity = 3;

    private const int MarkLength = 16;

    public static SvnLock? Find(OpenRepository repository, string path)
    {
        using var pool = new SvnPool();
        svn_lock_t* held;
        Check(SvnFs.svn_fs_get_lock(&held, repository.Fs, FsPath.Canonicalize(path), pool));
        return held is null ? null : Copy(held);
    }

    public static IReadOnlyDictionary<string, SvnLock> List(OpenRepository repository, string directory, bool recursive)
    {
        using var pool = new SvnPool();
        apr_hash_t* table;
        Check(SvnRepos.svn_repos_fs_get_locks2(
            &table, repository.Repos, FsPath.Canonicalize(directory), recursive ? Infinity : Immediates, authzRead: null, authzReadBaton: null, pool));
        var locks = new Dictionary<string, SvnLock>(StringComparer.Ordinal);
        for (var index = Apr.apr_hash_first(pool, table); index is not null; index = Apr.apr_hash_next(index))
        {
            svn_lock_t* held;
            Apr.apr_hash_this(index, null, null, (void**)&held);
            var copy = Copy(held);
            locks[copy.Path] = copy;
        }

        return locks;
    }

    private static SvnLock Copy(svn_lock_t* held) =>
        new(Utf8.String(held->path)!, Utf8.String(held->owner) ?? "", Utf8.String(held->comment) ?? "", AprTime.ToTime(held->creation_date), MarkOf(Utf8.String(held->token)!));

    private static string MarkOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, MarkLength));
}
