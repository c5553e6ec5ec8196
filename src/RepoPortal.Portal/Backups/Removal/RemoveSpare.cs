using System.Text.Json;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups.Removal;

/// <summary>
/// Removes backups of repositories that were removed for good, and damaged ones that were set aside, when their time is over. The record has to say so itself: what
/// it knows nothing about is left alone, because a newer record may have known it. That it is removed is written down first, so that it is gone on with after a crash.
/// </summary>
internal sealed partial class RemoveSpare(IDbContextFactory<RecordContext> contexts, NodeBackups backups, TimeProvider time, ILogger<RemoveSpare> logger)
{
    /// <summary>Removes what is due on a node. What the node refuses stays, and does not keep the others.</summary>
    /// <exception cref="StorageException">The backups are not there or not fit.</exception>
    /// <exception cref="TaskWaitsException">The node is away.</exception>
    internal async Task ExecuteAsync(string node, CancellationToken cancellationToken)
    {
        foreach (var spare in await backups.ListSpareAsync(node, cancellationToken))
        {
            if (!await contexts.UndisturbedAsync(record => DecideAsync(record, node, spare, cancellationToken), cancellationToken))
                continue;
            try
            {
                await backups.RemoveAsync(node, spare.Copy, spare.Directory, cancellationToken);
            }
            catch (StorageException exception)
            {
                LogKept(exception, spare.Directory, spare.Copy.Repository);
            }
        }
    }

    private async Task<bool> DecideAsync(RecordContext record, string node, SpareBackup spare, CancellationToken cancellationToken)
    {
        var id = spare.Copy.Repository;
        var repository = await record.Repositories.AsNoTracking().Include(row => row.Copies).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (await IsDecidedAsync(record, spare, cancellationToken))
            return true;
        var (name, reason) = repository is null
            ? (await FindPurgedAsync(record, spare, cancellationToken), "its repository was removed for good")
            : (await IsReplacedAsync(record, repository, spare, cancellationToken) ? repository.Name.Value : null, "it was damaged, and the one in its place was verified");
        if (name is null)
            return false;
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), Actor.System, AuditAction.BackupRemoved, name, id, new { node, directory = spare.Directory, asOf = spare.AsOf, sizeBytes = spare.SizeBytes, reason }));
        await record.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Whether its removal was written down before, and not carried through.</summary>
    private static async Task<bool> IsDecidedAsync(RecordContext record, SpareBackup spare, CancellationToken cancellationToken)
    {
        var removed = await record.Audit
            .Where(entry => entry.RepositoryId == spare.Copy.Repository && entry.Action == AuditAction.BackupRemoved)
            .Select(entry => entry.Detail)
            .ToListAsync(cancellationToken);
        return removed.Exists(detail => JsonElement.Parse(detail).GetProperty("directory").ValueEquals(spare.Directory));
    }

    /// <summary>The name that its repository had when it was removed for good; null when it was not, or not for long enough.</summary>
    private async Task<string?> FindPurgedAsync(RecordContext record, SpareBackup spare, CancellationToken cancellationToken)
    {
        var purge = await record.Audit.AsNoTracking()
            .Where(entry => entry.RepositoryId == spare.Copy.Repository && entry.Action == AuditAction.RepositoryPurged)
            .OrderByDescending(entry => entry.Id)
            .FirstOrDefaultAsync(cancellationToken);
        // Without a note, and not set aside by us, it may be anybody's.
        if (purge is null || (spare.SetAsideAt ?? spare.AsOf) is not { } madeAt)
            return null;
        var kept = await KeptForAsync(record, purge, cancellationToken);
        var since = madeAt > purge.At ? madeAt : purge.At;
        return since + kept <= time.GetUtcNow() ? purge.Subject : null;
    }

    /// <summary>For how long it was promised to be kept; of repositories that were removed before there was a promise, as long as any tier keeps anything.</summary>
    private static async Task<TimeSpan> KeptForAsync(RecordContext record, AuditEntry purge, CancellationToken cancellationToken)
    {
        if (JsonElement.Parse(purge.Detail).TryGetProperty("backupKeptUntil", out var until))
            return until.GetDateTimeOffset() - purge.At;
        var tiers = await record.Tiers.AsNoTracking().ToListAsync(cancellationToken);
        return tiers.Max(BackupRetention.Of);
    }

    /// <summary>Whether it was set aside long ago, and the present backup, which was read in full since then, is whole.</summary>
    private async Task<bool> IsReplacedAsync(RecordContext record, Repository repository, SpareBackup spare, CancellationToken cancellationToken) =>
        spare.SetAsideAt is { } asideAt
        && asideAt + BackupRetention.OfDamaged <= time.GetUtcNow()
        // A generation that comes later is of a record that was lost.
        && spare.Copy.Generation <= repository.Primary?.Generation
        && await record.FindVerifiedAsync(repository, cancellationToken) > asideAt;

    [LoggerMessage(LogLevel.Warning, "the backup {Directory} of repository {Repository} could not be removed")]
    private partial void LogKept(Exception exception, string directory, RepositoryId repository);
}
