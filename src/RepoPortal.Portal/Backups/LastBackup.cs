using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life;

namespace RepoPortal.Portal.Backups;

/// <summary>Says whether the last state of a repository in the trash is in its backup. The clock goes on with backups of what is in the trash.</summary>
internal sealed class LastBackup(IDbContextFactory<RecordContext> contexts) : ILastBackup
{
    public async Task<bool> IsKeptAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Protections.AnyAsync(
            row => row.RepositoryId == repository.Id && row.Revision >= repository.Youngest && row.UnprotectedSince == null && row.CheckedAt >= repository.DeletedAt && row.BackupFailure == null,
            cancellationToken);
    }
}
