using System.Text.Json;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>What a backup says of itself, in <c>repoportal/backup.json</c> within it: written last, when everything it speaks of is on the disk.</summary>
/// <param name="Revision">Its youngest revision.</param>
/// <param name="AsOf">Whatever was committed before this moment is in it.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Fingerprint">The original's <see cref="Backups.Fingerprint"/> from before it was copied.</param>
internal sealed record BackupNote(long Revision, DateTimeOffset AsOf, long SizeBytes, string Fingerprint)
{
    /// <summary>The note of a backup; null when there is none, or none that was ever finished.</summary>
    public static BackupNote? Read(string backup)
    {
        try
        {
            return File.Exists(PathIn(backup)) ? JsonSerializer.Deserialize<BackupNote>(File.ReadAllBytes(PathIn(backup))) : null;
        }
        catch (JsonException)
        {
            // Cut off by a power cut, or tampered with: the next backup writes it anew.
            return null;
        }
    }

    public void Write(string backup)
    {
        Directory.CreateDirectory(DigestFile.DirectoryIn(backup));
        var path = PathIn(backup);
        var fresh = path + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this));
        Libc.Sync(fresh);
        Libc.Rename(fresh, path);
        Libc.Sync(Path.GetDirectoryName(path)!);
    }

    /// <summary>Takes the note off a backup that is about to go.</summary>
    public static void Withdraw(string backup)
    {
        if (!File.Exists(PathIn(backup)))
            return;
        File.Delete(PathIn(backup));
        Libc.Sync(DigestFile.DirectoryIn(backup));
    }

    private static string PathIn(string backup) => Path.Combine(DigestFile.DirectoryIn(backup), "backup.json");
}
