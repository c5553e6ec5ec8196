namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A revision file of a repository on a disk, as a disk that forgets treats it.</summary>
public static class StoredRevision
{
    /// <summary>Flips one bit of revision 2 in the only repository at or below <paramref name="directory"/>; the file keeps its date and size.</summary>
    public static void Flip(string directory)
    {
        var file = Directory.EnumerateFiles(directory, "2", SearchOption.AllDirectories)
            .Single(path => path.Contains("/revs/0/", StringComparison.Ordinal) && !path.Contains(".damaged-", StringComparison.Ordinal));
        var date = File.GetLastWriteTimeUtc(file);
        var bytes = File.ReadAllBytes(file);
        bytes[30] ^= 1;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, date);
    }
}
