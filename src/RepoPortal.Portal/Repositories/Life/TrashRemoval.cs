using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups.Removal;
using RepoPortal.Portal.Repositories.Driver;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Decides that repositories whose time in the trash is over go for good. Their drivers then clear the disks and take the rows away.</summary>
internal sealed partial class TrashRemoval(
    IDbContextFactory<RecordContext> contexts, ILastBackup backup, Drivers drivers, IHostApplicationLifetime host, TimeProvider time, ILogger<TrashRemoval> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RemoveAsync, time, logger, stoppingToken);

    /// <summary>Removes what is due. One that is not backed up yet stays until it is, and does not keep the others.</summary>
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await record.Repositories.AsNoTracking().Include(row => row.Copies)
            .Where(row => row.GoneAt <= now && row.State == RepositoryState.Deleted)
            .ToListAsync(cancellationToken);
        // What a clock that is wrong takes for over can still be taken back.
        if (due.Count > 0 && !await BackupRemoval.IsClockSteadyAsync(record, now, cancellationToken))
            return;
        foreach (var repository in due)
        {
            if (!await backup.IsKeptAsync(repository, cancellationToken))
                LogKept(repository.Name);
            else if (await contexts.UndisturbedAsync(attempt => DecideAsync(attempt, repository.Id, now, cancellationToken), cancellationToken))
                await drivers.SettleAsync(repository.Id, cancellationToken);
        }
    }

    private static async Task<bool> DecideAsync(RecordContext record, RepositoryId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var repository = await record.Repositories.Include(row => row.Tier).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (repository is not { State: RepositoryState.Deleted, GoneAt: { } end } || end > now)
            return false; // taken back meanwhile, or another server was faster
        repository.State = RepositoryState.Purging;
        repository.AccessVersion++;
        // Nothing else is left in the record that says how far its last backup reaches, and how long it is kept.
        var protection = await record.Protections.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == id, cancellationToken);
        record.Add(AuditEntry.Of(
            now, Actor.System, AuditAction.RepositoryPurged, repository.Name.Value, id,
            new
            {
                deletedAt = repository.DeletedAt,
                deletedBy = repository.DeletedBy,
                backupKeptUntil = now + BackupRetention.Of(repository.Tier),
                backupRevision = protection?.Revision,
                backupAsOf = protection?.AsOf,
                backupVerifiedAt = protection?.VerifiedAt,
                backupSizeBytes = protection?.SizeBytes,
            }));
        await record.SaveChangesAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "repository {Repository} stays in the trash although its time is over: its last state is not in a backup")]
    private partial void LogKept(RepositoryName repository);
}
