using System.Text;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>An access file (authz) parsed by the code that httpd uses, so that it answers as httpd will. Questions may come from any thread.</summary>
public sealed unsafe class SvnAccessFile : IDisposable
{
    // svn_authz_t keeps the rules of the last user asked about, so questions go one by one; each takes microseconds.
    private readonly Lock _gate = new();
    private readonly SvnPool _pool = new();
    private readonly svn_authz_t* _authz;

    private SvnAccessFile(ReadOnlySpan<byte> text)
    {
        try
        {
            using var scratch = new SvnPool();
            var stream = SvnSubr.svn_stream_from_string(Utf8.Allocate(text, scratch), scratch);
            svn_authz_t* authz;
            Check(SvnRepos.svn_repos_authz_parse2(&authz, stream, groupsStream: null, warning: null, warningBaton: null, _pool, scratch));
            _authz = authz;
        }
        catch
        {
            _pool.Dispose();
            throw;
        }
    }

    /// <summary>Parses an access file; the caller disposes what it gets.</summary>
    /// <exception cref="SvnException">httpd would refuse the file, and then nobody has access; the message says where and why.</exception>
    public static SvnAccessFile Parse(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a user has the access that is asked for.</summary>
    /// <param name="user">The user's name, case-sensitive; null for nobody in particular (anonymous).</param>
    /// <param name="path">A path in the repository; null asks whether there is any path with that access.</param>
    /// <param name="required">What the user wants to do.</param>
    /// <param name="repositoryName">The name used in sections such as <c>[name:/trunk]</c>; empty in a repository's own file.</param>
    public bool IsAllowed(string? user, string? path, SvnAccess required, string repositoryName = "")
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_pool.IsClosed, this);
            using var pool = new SvnPool();
            int granted;
            Check(SvnRepos.svn_repos_authz_check_access(
                _authz,
                Utf8.WithoutNull(repositoryName),
                path is null ? null : FsPath.Canonicalize(path),
                user is null ? null : Utf8.WithoutNull(user),
                (int)required,
                &granted,
                pool));
            GC.KeepAlive(_pool);
            return granted != 0;
        }
    }

    /// <summary>Frees the parsed rules.</summary>
    public void Dispose()
    {
        lock (_gate) _pool.Dispose();
    }
}
