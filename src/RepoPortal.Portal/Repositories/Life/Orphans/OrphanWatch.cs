using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.Repositories.Life.Orphans;

/// <summary>Notices that a repository has lost its last owner, however that came, and tells administrators once.</summary>
internal sealed class OrphanWatch(
    IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, IHostApplicationLifetime host, TimeProvider time, ILogger<OrphanWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, LookAsync, time, logger, stoppingToken);

    /// <summary>Tells of every orphan that nobody was told of, and forgets those that have an owner again.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var untold = await record.Orphans(now).Where(row => row.OrphanedAt == null).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in untold)
            await contexts.UndisturbedAsync(attempt => TellAsync(attempt, id, cancellationToken), cancellationToken);
        if (untold.Count > 0)
            outbox.Wake();
        var orphans = record.Orphans(now).Select(row => row.Id);
        await record.Repositories.Where(row => row.OrphanedAt != null && !orphans.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.OrphanedAt, default(DateTimeOffset?)), cancellationToken);
    }

    private async Task<bool> TellAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await record.Orphans(now).SingleOrDefaultAsync(row => row.Id == id && row.OrphanedAt == null, cancellationToken) is not { } repository)
            return false; // somebody owns it meanwhile, or another server was faster
        repository.OrphanedAt = now;
        repository.AccessVersion++; // of two servers one tells
        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.RepositoryOrphaned, repository.Name.Value, id));
        var administrators = await record.Users
            .Where(user => user.IsAdministrator && user.Status == UserStatus.Active && (user.EndsAt == null || user.EndsAt > now) && user.Email != null)
            .ToListAsync(cancellationToken);
        foreach (var administrator in administrators)
            outbox.Add(record, new LifeMail(address.Root).Orphaned(administrator, repository.Name));
        await record.SaveChangesAsync(cancellationToken);
        return true;
    }
}
