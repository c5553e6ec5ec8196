using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Notices that a collaborator's time is over: writes it down and tells the gateways, which cut what is in flight. They refuse new requests by themselves.</summary>
internal sealed class CollaboratorEnds(
    IDbContextFactory<RecordContext> contexts, AccessChanges changes, IHostApplicationLifetime host, TimeProvider time, ILogger<CollaboratorEnds> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, EndAsync, time, logger, stoppingToken);

    /// <summary>Takes note of everybody whose time is over and of whom none was taken.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var over = await record.Users.Where(user => user.Kind == UserKind.External && user.EndsAt <= now && (user.RemindedDays == null || user.RemindedDays != 0))
            .Select(user => user.Id).ToListAsync(cancellationToken);
        foreach (var id in over)
        {
            var name = await contexts.UndisturbedAsync(attempt => EndAsync(attempt, id, cancellationToken), cancellationToken);
            if (name is { } ended)
                await changes.PublishAsync(ended);
        }
    }

    private async Task<UserName?> EndAsync(RecordContext record, Guid id, CancellationToken cancellationToken)
    {
        var (user, now) = (await record.Users.SingleAsync(row => row.Id == id, cancellationToken), time.GetUtcNow());
        if (user.RemindedDays == 0 || user.EndsAt is not { } end || end > now)
            return null; // another server was faster, or somebody renewed
        ExternalTerm.Begin(user, end, now);
        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.CollaboratorEnded, user.UserName!));
        await record.SaveChangesAsync(cancellationToken);
        return user.Name;
    }
}
