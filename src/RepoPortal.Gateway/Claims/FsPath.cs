namespace RepoPortal.Gateway.Claims;

/// <summary>Paths in a repository (<c>/trunk/docs</c>), and relative ones (<c>docs</c>; empty is the place itself).</summary>
internal static class FsPath
{
    /// <summary>Puts a relative path below an absolute one.</summary>
    internal static string Join(string directory, string relative) =>
        relative.Length == 0 ? directory : directory == "/" ? "/" + relative : $"{directory}/{relative}";

    /// <summary>How <paramref name="path"/> is reached from <paramref name="directory"/>; null when it does not lie at or below it.</summary>
    internal static string? RelativeTo(string directory, string path)
    {
        if (directory == "/")
            return path[1..];
        if (!path.StartsWith(directory, StringComparison.Ordinal))
            return null;
        return path.Length == directory.Length ? "" : path[directory.Length] == '/' ? path[(directory.Length + 1)..] : null;
    }

    /// <summary>True when a relative path is at or below another one.</summary>
    internal static bool IsWithin(string path, string above) =>
        above.Length == 0 || (path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || path[above.Length] == '/'));

    /// <summary>The relative path above; that of <c>docs</c> is empty.</summary>
    internal static string Above(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    /// <summary>True for a relative path as libsvn writes it.</summary>
    internal static bool IsRelative(string path) => path.Length == 0 || Array.TrueForAll(path.Split('/'), segment => segment is not ("" or "." or ".."));

    /// <summary>True for an absolute path as libsvn writes it.</summary>
    internal static bool IsAbsolute(string path) => path == "/" || (path.Length > 1 && path[0] == '/' && IsRelative(path[1..]));
}
