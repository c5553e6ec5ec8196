namespace RepoPortal.StorageNode.Digests;

/// <summary>
/// The digests of a repository's revisions, in <c>repoportal/digests</c> within it: 32 bytes each, that of revision 1 first. Outside of what Subversion copies
/// and changes, so it is a witness of what a revision was when it was committed.
/// </summary>
internal sealed class DigestFile(string repository)
{
    /// <summary>The bytes of one digest.</summary>
    public const int DigestSize = 32;

    /// <summary>What RepoPortal keeps within a repository or a backup.</summary>
    public static string DirectoryIn(string repository) => Path.Combine(repository, "repoportal");

    private string FilePath => Path.Combine(DirectoryIn(repository), "digests");

    /// <summary>The youngest revision whose digest is kept; 0 when none is. A part of one, left by a power cut, does not count.</summary>
    public long Youngest => new FileInfo(FilePath) is { Exists: true } file ? file.Length / DigestSize : 0;

    /// <summary>The digests of revisions <paramref name="first"/> to <paramref name="last"/>, both kept, one after the other.</summary>
    public byte[] Read(long first, long last)
    {
        var digests = new byte[checked((int)((last - first + 1) * DigestSize))];
        using var file = File.OpenRead(FilePath);
        file.Position = (first - 1) * DigestSize;
        file.ReadExactly(digests);
        return digests;
    }

    /// <summary>Adds the digests that follow <see cref="Youngest"/>.</summary>
    public void Append(ReadOnlySpan<byte> digests)
    {
        Directory.CreateDirectory(DirectoryIn(repository));
        using var file = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(file.Length / DigestSize * DigestSize);
        file.Position = file.Length;
        file.Write(digests);
    }

    /// <summary>Takes over from another repository what is missing here, up to a revision, and forgets what lies beyond it.</summary>
    public void Follow(DigestFile other, long last)
    {
        if (Youngest > last)
            Truncate(last);
        var known = Youngest;
        var end = Math.Min(other.Youngest, last);
        if (end > known)
            Append(other.Read(known + 1, end));
    }

    private void Truncate(long last)
    {
        using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Write);
        file.SetLength(last * DigestSize);
    }
}
