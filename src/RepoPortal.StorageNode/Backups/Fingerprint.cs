using System.Globalization;
using System.Text;

namespace RepoPortal.StorageNode.Backups;

/// <summary>A text that changes whenever anything changes in a repository that a backup takes over: commits, revision properties, locks, hooks, access rules.</summary>
/// <remarks>FSFS puts each of these in place by renaming, which shows in the time of the directory. It costs some twenty looks, however large the repository is.</remarks>
internal static class Fingerprint
{
    public static string Of(string repository)
    {
        var text = new StringBuilder();
        Append(text, new FileInfo(Path.Combine(repository, "db", "current")));
        Append(text, new FileInfo(Path.Combine(repository, "db", "uuid")));
        Append(text, new FileInfo(Path.Combine(repository, "db", "min-unpacked-rev")));
        AppendTree(text, Path.Combine(repository, "db", "revprops"));
        AppendTree(text, Path.Combine(repository, "db", "locks"));
        foreach (var name in (string[])["conf", "hooks"])
        {
            var directory = new DirectoryInfo(Path.Combine(repository, name));
            Append(text, directory);
            foreach (var file in directory.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
                Append(text, file);
        }

        return text.ToString();
    }

    private static void AppendTree(StringBuilder text, string path)
    {
        var root = new DirectoryInfo(path);
        if (!root.Exists)
            return;
        Append(text, root);
        foreach (var directory in root.EnumerateDirectories().OrderBy(directory => directory.Name, StringComparer.Ordinal))
            Append(text, directory);
    }

    private static void Append(StringBuilder text, FileSystemInfo entry)
    {
        if (entry.Exists)
            text.Append(CultureInfo.InvariantCulture, $"{entry.Name}={entry.LastWriteTimeUtc.Ticks};");
    }
}
