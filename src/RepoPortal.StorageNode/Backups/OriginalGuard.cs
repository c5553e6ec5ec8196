using System.Globalization;
using System.IO.Enumeration;
using RepoPortal.StorageNode.Digests;

namespace RepoPortal.StorageNode.Backups;

/// <summary>
/// Keeps a damaged original from spreading: <c>hotcopy --incremental</c> copies a revision again when its file has got another date or size, and would so
/// replace what is whole in the backup.
/// </summary>
internal static class OriginalGuard
{
    /// <summary>Reads every revision of the original whose file was written after the backup that has it.</summary>
    /// <exception cref="DamagedException">One of them is not what it was.</exception>
    public static void Require(string original, BackupNote backup, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Of a backup that is dated later than now, nobody knows what was written after it.
        var since = backup.AsOf <= now ? backup.AsOf.UtcDateTime : DateTime.MinValue;
        var kept = new DigestFile(original);
        var known = Math.Min(backup.Revision, kept.Youngest);
        foreach (var revision in Rewritten(Path.Combine(original, "db", "revs"), since, known))
            RevisionDigests.Compare(original, kept, revision, revision, static _ => { }, cancellationToken);
    }

    private static FileSystemEnumerable<long> Rewritten(string revisions, DateTime since, long last) => new FileSystemEnumerable<long>(
        revisions,
        (ref FileSystemEntry file) => long.Parse(file.FileName, NumberStyles.None, CultureInfo.InvariantCulture),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
    {
        // Looked at in this order, because a time costs a call and a name does not.
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory
            && long.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= last
            && entry.LastWriteTimeUtc.UtcDateTime > since,
    };
}
