using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Takes a backup that is not what it should be out of use, without throwing it away: parts of it may be what somebody needs.</summary>
internal static class SetAside
{
    /// <summary>What the names of backups set aside have between generation and time.</summary>
    public const string Infix = ".damaged-";

    /// <returns>Why, as it was given.</returns>
    public static string Run(string backup, string reason, TimeProvider time, ILogger logger)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{backup}{Infix}{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("n")[..8]}");
        logger.LogError("The backup '{Backup}' is set aside as '{Aside}': {Reason}", backup, aside, reason);
        Directory.Move(backup, aside);
        Libc.Sync(Path.GetDirectoryName(backup)!);
        return reason;
    }
}
