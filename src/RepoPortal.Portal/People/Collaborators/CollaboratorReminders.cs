using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Writes to collaborators and whoever answers for them before their time is over, and to owners when nobody answers any more; each once.</summary>
internal sealed class CollaboratorReminders(
    IDbContextFactory<RecordContext> contexts,
    Outbox outbox,
    PublicAddress address,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<CollaboratorReminders> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        await RemindAsync(stoppingToken);
        await AskOwnersAsync(stoppingToken);
    }

    /// <summary>Sends every reminder that is due.</summary>
    internal async Task RemindAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var horizon = now.AddDays(ExternalTerm.Steps[^1]);
        var near = await record.Users.AsNoTracking()
            .Where(user => user.Kind == UserKind.External && user.Status == UserStatus.Active && user.EndsAt > now && user.EndsAt <= horizon)
            .ToListAsync(cancellationToken);
        foreach (var user in near.Where(user => IsDue(user, now)))
            await contexts.UndisturbedAsync(attempt => RemindAsync(attempt, user.Id, cancellationToken), cancellationToken);
        outbox.Wake();
    }

    /// <summary>Asks the owners to take over every collaborator whose sponsor was suspended or has ended.</summary>
    internal async Task AskOwnersAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var orphans = await record.Users
            .Where(user => user.Kind == UserKind.External && user.Status == UserStatus.Active && user.EndsAt > now)
            .Where(user => record.Users.Any(sponsor => sponsor.Id == user.SponsorId && (sponsor.Status != UserStatus.Active || sponsor.EndsAt <= now)))
            .Select(user => user.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in orphans)
            await contexts.UndisturbedAsync(attempt => AskOwnersAsync(attempt, id, cancellationToken), cancellationToken);
        outbox.Wake();
    }

    private static bool IsDue(User user, DateTimeOffset now) =>
        user.EndsAt is { } end && ExternalTerm.StepAt(end, now) is > 0 and var step && (user.RemindedDays is not { } sent || sent > step);

    private async Task<int> RemindAsync(RecordContext record, Guid id, CancellationToken cancellationToken)
    {
        var (user, now) = (await record.Users.SingleAsync(row => row.Id == id, cancellationToken), time.GetUtcNow());
        if (!IsDue(user, now))
            return 0; // another server was faster, or somebody renewed
        var end = user.EndsAt!.Value;
        var sponsor = await record.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == user.SponsorId, cancellationToken);
        sponsor = sponsor?.IsActive(now) is true ? sponsor : null;
        ExternalTerm.Begin(user, end, now);
        var (mail, granted) = (new CollaboratorMail(address.Root), await CollaboratorReach.GrantedAsync(record, id, now, cancellationToken));
        outbox.Add(record, mail.RemindPerson(user, sponsor, end, granted));
        foreach (var to in sponsor is null ? await CollaboratorReach.OwnersAroundAsync(record, id, now, cancellationToken) : [sponsor])
            outbox.Add(record, mail.RemindSponsor(to, user, end, granted, address.Collaborator(user.Name)));
        return await record.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> AskOwnersAsync(RecordContext record, Guid id, CancellationToken cancellationToken)
    {
        var (user, now) = (await record.Users.SingleAsync(row => row.Id == id, cancellationToken), time.GetUtcNow());
        var sponsor = await record.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == user.SponsorId, cancellationToken);
        if (sponsor is null || sponsor.IsActive(now))
            return 0;
        // Nobody answers for them from here on: that is what the pages show, and why the owners are asked once only.
        (user.SponsorId, user.ConcurrencyStamp) = (null, Accounts.NewSecurityStamp());
        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.CollaboratorSponsorLeft, user.UserName!, detail: new { sponsor = sponsor.UserName }));
        var (mail, granted) = (new CollaboratorMail(address.Root), await CollaboratorReach.GrantedAsync(record, id, now, cancellationToken));
        foreach (var owner in await CollaboratorReach.OwnersAroundAsync(record, id, now, cancellationToken))
            outbox.Add(record, mail.AskOwner(owner, user, sponsor, granted, address.Collaborator(user.Name)));
        return await record.SaveChangesAsync(cancellationToken);
    }
}
