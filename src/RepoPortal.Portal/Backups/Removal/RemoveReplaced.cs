using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups.Removal;

/// <summary>
/// Removes what a restore in place has replaced, content and backup, when its time is over and the present generation has a backup that was verified. Every step may
/// run again: the row of the copy goes last, and until then the whole is done anew.
/// </summary>
internal sealed partial class RemoveReplaced(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, NodeBackups backups, TimeProvider time, ILogger<RemoveReplaced> logger)
{
    /// <summary>Removes what is due on a node. What the node refuses stays, and does not keep the others.</summary>
    /// <exception cref="TaskWaitsException">The node is away.</exception>
    internal async Task ExecuteAsync(string node, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var replaced = await record.Copies.AsNoTracking().Where(copy => copy.NodeName == node && copy.Role == CopyRole.Retired).ToListAsync(cancellationToken);
        foreach (var copy in replaced)
        {
            if (await FindOwnerAsync(record, copy, cancellationToken) is not { } repository)
                continue;
            try
            {
                await grains.GetGrain<IStorageNodeGrain>(node).Discard(copy.Key, repository.Name, cancellationToken);
                await backups.RemoveAsync(node, copy.Key, copy.Generation.ToString(CultureInfo.InvariantCulture), cancellationToken);
                await contexts.UndisturbedAsync(attempt => ForgetAsync(attempt, copy, repository.Name, cancellationToken), cancellationToken);
            }
            catch (StorageException exception)
            {
                LogKept(exception, copy.Generation, repository.Name);
            }
        }
    }

    /// <summary>The repository of a copy that it can do without; null when it cannot.</summary>
    private async Task<Repository?> FindOwnerAsync(RecordContext record, Copy copy, CancellationToken cancellationToken)
    {
        var repository = await record.Repositories.AsNoTracking().Include(row => row.Tier).Include(row => row.Copies)
            .SingleOrDefaultAsync(row => row.Id == copy.RepositoryId, cancellationToken);
        if (repository is null || await record.FindVerifiedAsync(repository, cancellationToken) is null)
            return null;
        // When the present generation was opened: none before it was in use any later. Every way of opening one writes this entry.
        var openedAt = await record.Audit
            .Where(entry => entry.RepositoryId == repository.Id && entry.Action == AuditAction.RepositoryReady)
            .OrderByDescending(entry => entry.Id)
            .Select(entry => (DateTimeOffset?)entry.At)
            .FirstOrDefaultAsync(cancellationToken);
        return openedAt + BackupRetention.Of(repository.Tier) <= time.GetUtcNow() ? repository : null;
    }

    private async Task<int> ForgetAsync(RecordContext record, Copy copy, RepositoryName name, CancellationToken cancellationToken)
    {
        if (await record.Copies.SingleOrDefaultAsync(row => row.Id == copy.Id && row.Role == CopyRole.Retired, cancellationToken) is not { } row)
            return 0;
        record.Remove(row);
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), Actor.System, AuditAction.GenerationRemoved, name.Value, copy.RepositoryId, new { generation = copy.Generation, node = copy.NodeName }));
        return await record.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "generation {Generation} of repository {Repository}, which was replaced, could not be removed")]
    private partial void LogKept(Exception exception, int generation, RepositoryName repository);
}
