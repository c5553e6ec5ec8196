namespace RepoPortal.Svn.Paths;

/// <summary>A path inside a repository, in the form libsvn's assertions demand (an <c>fspath</c>): <c>/</c>, or <c>/a/b</c> without a slash at the end.</summary>
internal static class FsPath
{
    /// <summary>Drops doubled and final slashes and <c>.</c> segments, as svn_fspath__canonicalize does.</summary>
    /// <exception cref="SvnException">Path syntax: a null character, an unpaired surrogate or a <c>..</c> segment, which names nothing in Subversion.</exception>
    public static string Canonicalize(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal)) throw Refused(path, "contains a null character");
        if (HasUnpairedSurrogate(path)) throw Refused(path, "is not Unicode text");

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToArray();
        if (segments.Contains("..")) throw Refused(path, "contains '..'");
        return '/' + string.Join('/', segments);
    }

    private static bool HasUnpairedSurrogate(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (!char.IsSurrogate(path[i])) continue;
            if (i + 1 == path.Length || !char.IsSurrogatePair(path[i], path[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static SvnException Refused(string path, string why) =>
        new(SvnErrorCode.FsPathSyntax, "SVN_ERR_FS_PATH_SYNTAX", $"path '{path.Replace("\0", "\\0", StringComparison.Ordinal)}' {why}");
}
