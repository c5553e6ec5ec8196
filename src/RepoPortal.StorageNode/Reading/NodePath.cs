namespace RepoPortal.StorageNode.Reading;

/// <summary>Paths inside a repository as they are taken apart and put together here: <c>/</c>, or <c>/a/b</c> without a slash at the end.</summary>
internal static class NodePath
{
    /// <summary>The path in that form; what cannot name anything is left for libsvn to refuse.</summary>
    public static string Normalise(string path) => "/" + path.Trim('/');

    public static string Join(string directory, string name) => directory == "/" ? $"/{name}" : $"{directory}/{name}";

    /// <summary>The directory above; null above the root.</summary>
    public static string? Parent(string path) => path == "/" ? null : path[..Math.Max(path.LastIndexOf('/'), 1)];

    public static bool IsAtOrBelow(string path, string above) =>
        path == above || (path.StartsWith(above, StringComparison.Ordinal) && (above == "/" || path[above.Length] == '/'));
}
