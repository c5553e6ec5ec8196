namespace RepoPortal.StorageNode.Native;

/// <summary>Tells which file system a path lies on.</summary>
internal static class FileSystems
{
    private const string MountInfo = "/proc/self/mountinfo";
    private const int DeviceField = 2;
    private const int MountPointField = 4;

    /// <summary>Whether two paths, both of which exist, would be lost with one file system.</summary>
    public static bool AreSame(string one, string other) => DeviceOf(one) == DeviceOf(other);

    // proc(5): "36 35 98:0 /root /mount/point rw …"; the last mount over a path wins. The device is that of the file system, whatever part of it is mounted.
    private static string DeviceOf(string path)
    {
        var real = RealPath(path);
        return File.ReadLines(MountInfo)
            .Select(line => line.Split(' '))
            .Where(fields => Contains(Unescape(fields[MountPointField]), real))
            .Select((fields, index) => (Device: fields[DeviceField], fields[MountPointField].Length, index))
            .OrderBy(mount => mount.Length).ThenBy(mount => mount.index)
            .Last().Device;
    }

    private static bool Contains(string mountPoint, string path) =>
        mountPoint == "/" || path == mountPoint || path.StartsWith(mountPoint + "/", StringComparison.Ordinal);

    /// <summary>A path without links in it.</summary>
    public static string RealPath(string path)
    {
        var real = "/";
        foreach (var segment in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, segment);
            real = Directory.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
        }

        return real;
    }

    // Blanks, tabs, line ends and backslashes are written in octal.
    private static string Unescape(string field) => field.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal)
        .Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
