using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Backups;

/// <summary>
/// Finds whose structure and indexes are to be looked at, which costs little: four times as often as everything is read. When that was done last, the verifications and the
/// rows of the checks themselves say, so one that failed waits for its next turn, and what is wrong with the backup is told by the backup.
/// </summary>
internal static class StructureChecks
{
    /// <summary>How often they come within the interval of a verification.</summary>
    internal const int Times = 4;

    /// <summary>The repositories whose backup (or original) is due, of the tier.</summary>
    internal static IQueryable<RepositoryId> Due(RecordContext record, Tier tier, TaskKind kind, DateTimeOffset now)
    {
        var since = now - TimeSpan.FromSeconds(tier.VerificationIntervalSeconds / (double)Times);
        var verification = kind == TaskKind.CheckBackup ? TaskKind.VerifyBackup : TaskKind.VerifyOriginal;
        // What was never read in full, or is due to be, is not looked at in part.
        var rows = kind == TaskKind.CheckBackup
            ? record.Protections.Where(row => row.VerifiedAt < since && row.VerificationDueAt > now && row.Revision != null)
            : record.Protections.Where(row => row.OriginalVerifiedAt < since && row.OriginalDueAt > now);
        return rows.Select(row => row.RepositoryId)
            .Where(id => record.Repositories.Any(row => row.Id == id && row.TierId == tier.Id && row.State == RepositoryState.Ready))
            .Where(id => !record.Tasks.Any(task => task.RepositoryId == id && ((task.Kind == kind && task.RequestedAt > since) || ((task.Kind == kind || task.Kind == verification) && task.Key != null))));
    }
}
