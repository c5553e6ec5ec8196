namespace RepoPortal.StorageNode.Copying;

/// <summary>The locks of a repository as FSFS keeps them: in <c>db/locks</c> a file for each locked path and for each directory above one ("lock.c" in libsvn_fs_fs).</summary>
internal static class RepositoryLocks
{
    /// <summary>How many paths are locked.</summary>
    public static int Count(string repository) => Directory.Exists(PathIn(repository))
        ? Directory.EnumerateFiles(PathIn(repository), "*", SearchOption.AllDirectories).Count(file => File.ReadAllText(file).Contains("\nopaquelocktoken:", StringComparison.Ordinal))
        : 0;

    /// <summary>Takes the locks over into a repository that nobody uses yet and that has none.</summary>
    public static void Copy(string source, string destination)
    {
        if (!Directory.Exists(PathIn(source)))
            return;
        foreach (var file in Directory.EnumerateFiles(PathIn(source), "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(PathIn(destination), Path.GetRelativePath(PathIn(source), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private static string PathIn(string repository) => Path.Combine(repository, "db", "locks");
}
