using Microsoft.Extensions.Logging;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Takes a backup that is not what it should be out of use, without throwing it away: parts of it may be what somebody needs.</summary>
internal static class SetAside
{
    /// <returns>Why, as it was given.</returns>
    public static string Run(string backup, string reason, TimeProvider time, ILogger logger)
    {
        var aside = backup + BackupName.AsideSuffix(time.GetUtcNow());
        logger.LogError("The backup '{Backup}' is set aside as '{Aside}': {Reason}", backup, aside, reason);
        Directory.Move(backup, aside);
        Libc.Sync(Path.GetDirectoryName(backup)!);
        return reason;
    }
}
