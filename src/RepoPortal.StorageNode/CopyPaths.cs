using System.Globalization;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.StorageNode;

/// <summary>Tells which copy a path on disk belongs to.</summary>
internal static class CopyPaths
{
    /// <summary>The copy that is stored at, or served from, <paramref name="path"/>; null when it is none of this node's.</summary>
    public static RepositoryCopy? Find(NodeDirectories directories, string path)
    {
        var served = Path.GetDirectoryName(path) == directories.Serve ? new DirectoryInfo(path).LinkTarget : null;
        return Parse(directories, served is null ? path : Path.GetFullPath(served, directories.Serve));
    }

    /// <summary>Every copy that is stored.</summary>
    public static IEnumerable<RepositoryCopy> All(NodeDirectories directories) =>
        Directory.EnumerateDirectories(directories.Store).SelectMany(Directory.EnumerateDirectories)
            .Select(path => Parse(directories, path)).OfType<RepositoryCopy>();

    private static RepositoryCopy? Parse(NodeDirectories directories, string path)
    {
        var parts = Path.GetRelativePath(directories.Store, path).Split('/');
        return parts.Length == 2 && Guid.TryParseExact(parts[0], "n", out var id) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? new RepositoryCopy(new RepositoryId(id), generation)
            : null;
    }
}
