using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Backups.Removal;

/// <summary>The evidence that a repository can do without any earlier backup.</summary>
internal static class VerifiedBackup
{
    /// <summary>
    /// When the backup of its present generation was last read in full and found whole; null while it was not, something is known to be wrong with either, or the
    /// repository is not in use.
    /// </summary>
    internal static async Task<DateTimeOffset?> FindVerifiedAsync(this RecordContext record, Repository repository, CancellationToken cancellationToken) =>
        repository is { State: RepositoryState.Ready, Primary: { } primary }
            ? await record.Protections
                .Where(row => row.RepositoryId == repository.Id && row.Generation == primary.Generation && row.Revision != null)
                .Where(row => row.BackupFailure == null && row.VerificationFailure == null && row.Damage == null)
                .Select(row => row.VerifiedAt)
                .SingleOrDefaultAsync(cancellationToken)
            : null;
}
