using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>Has owners asked when the year is over, reminds them, and tells administrators in the end. Each mail is noted in the save that sends it.</summary>
internal sealed class ConfirmationWatch(
    IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, IHostApplicationLifetime host, TimeProvider time, ILogger<ConfirmationWatch> logger)
    : BackgroundService
{
    // What is due together is written in one mail to each person.
    private const int Batch = 100;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>Writes to everybody who is to be written to.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        await DropAsync(record, cancellationToken);
        var days = (await record.PolicyAsync(cancellationToken)).ConfirmDays;
        while (await FindDueAsync(record, days, cancellationToken) is { Count: > 0 } due
            && await contexts.UndisturbedAsync(attempt => TellAsync(attempt, due, days, cancellationToken), cancellationToken) > 0)
        {
            // The next of them.
        }

        outbox.Wake();
    }

    // Whoever archived or deleted it has answered; should it come back, the question begins anew.
    private static Task<int> DropAsync(RecordContext record, CancellationToken cancellationToken) => record.Confirmations
        .Where(confirmation => confirmation.AskedAt != null && record.Repositories.Any(row => row.Id == confirmation.RepositoryId && (row.ArchivedAt != null || row.GoneAt != null)))
        .ExecuteUpdateAsync(
            row => row.SetProperty(stored => stored.AskedAt, (DateTimeOffset?)null).SetProperty(stored => stored.ToldAt, (DateTimeOffset?)null)
                .SetProperty(stored => stored.Times, 0).SetProperty(stored => stored.Version, stored => stored.Version + 1),
            cancellationToken);

    private async Task<List<RepositoryId>> FindDueAsync(RecordContext record, int days, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var told = ConfirmationSteps.DueBefore(now);
        var due = await record.OpenConfirmations()
            .Where(confirmation => confirmation.Times < ConfirmationSteps.Escalated && confirmation.ToldAt <= told)
            .OrderBy(confirmation => confirmation.AskedAt)
            .Select(confirmation => confirmation.RepositoryId)
            .Take(Batch).ToListAsync(cancellationToken);
        if (due.Count > 0 || days == 0)
            return due;
        var limit = now.AddDays(-days);
        return await record.Repositories
            .Where(row => row.State == RepositoryState.Ready && row.ArchivedAt == null && row.CreatedAt <= limit)
            .Where(row => !record.Confirmations.Any(confirmation => confirmation.RepositoryId == row.Id && (confirmation.AskedAt != null || confirmation.ConfirmedAt > limit)))
            .OrderBy(row => row.CreatedAt)
            .Select(row => row.Id)
            .Take(Batch).ToListAsync(cancellationToken);
    }

    private async Task<int> TellAsync(RecordContext record, List<RepositoryId> due, int days, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var repositories = await record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().Where(row => due.Contains(row.Id)).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var told = new List<(Repository Repository, int Times)>();
        foreach (var repository in repositories.Where(repository => ConfirmationQueries.RefuseAsking(repository) is null))
        {
            var confirmation = await record.ConfirmationAsync(repository.Id, cancellationToken);
            if (confirmation.AskedAt is null && (confirmation.ConfirmedAt ?? repository.CreatedAt) <= now.AddDays(-days))
                confirmation.Ask(now);
            else if (confirmation is { AskedAt: not null, IsEscalated: false } && confirmation.ToldAt <= ConfirmationSteps.DueBefore(now))
                confirmation.Remind(now);
            else
                continue; // an owner or another server was faster
            told.Add((repository, confirmation.Times));
            record.Add(AuditEntry.Of(
                now, Actor.System, confirmation.IsEscalated ? AuditAction.ConfirmationEscalated : AuditAction.ConfirmationAsked, repository.Name.Value, repository.Id, new { time = confirmation.Times }));
        }

        Write(record, told, now);
        await WriteAdministratorsAsync(record, [.. told.Where(one => one.Times >= ConfirmationSteps.Escalated).Select(one => one.Repository.Name)], now, cancellationToken);
        return await record.SaveChangesAsync(cancellationToken);
    }

    private void Write(RecordContext record, IEnumerable<(Repository Repository, int Times)> told, DateTimeOffset now)
    {
        var mail = new ConfirmationMail(address.Root);
        var questions = from one in told
                        from owner in OwnerRules.Owners(one.Repository, now)
                        where owner.Email is not null && owner.IsActive(now)
                        group (owner, one.Repository.Name) by (owner.Id, one.Times);
        foreach (var question in questions)
            outbox.Add(record, mail.ToOwner(question.First().owner, question.Key.Times, [.. question.Select(each => each.Name)]));
    }

    private async Task WriteAdministratorsAsync(RecordContext record, IReadOnlyList<RepositoryName> escalated, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (escalated.Count == 0)
            return;
        foreach (var administrator in await TierQueries.AdministratorsAsync(record, now, cancellationToken))
            outbox.Add(record, new ConfirmationMail(address.Root).ToAdministrator(administrator, escalated));
    }
}
