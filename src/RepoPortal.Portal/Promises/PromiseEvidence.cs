using RepoPortal.Portal.Backups;

namespace RepoPortal.Portal.Promises;

/// <summary>What a promise is judged by.</summary>
/// <param name="Protection">What was backed up and checked of the repository; null before the first time.</param>
/// <param name="RecordBackup">The same of the record; null before the first time.</param>
internal sealed record PromiseEvidence(Protection? Protection, RecordBackup? RecordBackup)
{
    internal static async Task<PromiseEvidence> ReadAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken) => new(
        await record.Protections.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == id, cancellationToken),
        await record.RecordBackups.AsNoTracking().SingleOrDefaultAsync(cancellationToken));
}
