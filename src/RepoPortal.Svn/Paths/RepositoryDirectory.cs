using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;

namespace RepoPortal.Svn.Paths;

/// <summary>The directory of a repository on disk, in the form libsvn's assertions demand (a canonical <c>dirent</c>).</summary>
internal static unsafe class RepositoryDirectory
{
    /// <exception cref="ArgumentException">The path is not absolute, or contains a null character or a <c>..</c> segment.</exception>
    public static string Canonicalize(string path, SvnPool pool)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Utf8.WithoutNull(path)[0] != '/') throw new ArgumentException($"the repository's directory '{path}' is not absolute", nameof(path));
        if (path.Split('/').Contains("..")) throw new ArgumentException($"the repository's directory '{path}' contains '..'", nameof(path));
        return Utf8.String(SvnSubr.svn_dirent_internal_style(path, pool))!;
    }
}
