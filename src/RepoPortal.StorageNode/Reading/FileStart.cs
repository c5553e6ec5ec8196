using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>The first part of a file's content.</summary>
internal static class FileStart
{
    /// <summary>Up to <paramref name="most"/> bytes; all of a file that has no more.</summary>
    public static byte[] Read(SvnLookClient look, SvnLookOrigin origin, string path, int most)
    {
        if (most <= 0)
            return [];
        using var stream = look.OpenFile(origin, path);
        var start = new byte[Math.Min(stream.Length, most)];
        stream.ReadExactly(start);
        return start;
    }
}
