using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Promises;

/// <summary>Judges every promise again and again, writes down what has changed, and tells people once when one breaks and once when it is mended.</summary>
internal sealed partial class PromiseWatch(
    IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, PromiseMetrics metrics, ListPromises list, IOptions<BackupOptions> options,
    IHostApplicationLifetime host, TimeProvider time, ILogger<PromiseWatch> logger) : BackgroundService
{
    private const int Batch = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>One round over everything.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var recordBackup = await record.RecordBackups.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        for (var skip = 0; ; skip += Batch)
        {
            var batch = await record.Protections.AsNoTracking()
                .OrderBy(row => row.RepositoryId)
                .Skip(skip)
                .Take(Batch)
                .Join(record.Repositories.Where(row => row.State == RepositoryState.Ready || row.State == RepositoryState.Restoring), protection => protection.RepositoryId, row => row.Id, (protection, row) => new Judged(protection, row.Tier, row.SizeBytes))
                .ToListAsync(cancellationToken);
            foreach (var row in batch)
                await JudgeAsync(row, recordBackup, cancellationToken);
            if (await record.Protections.CountAsync(cancellationToken) <= skip + Batch)
                break;
        }

        outbox.Wake();
        if ((await list.ExecuteAsync(new ComplianceRequest(null, null, 0, 1), Actor.System, cancellationToken)).Succeeded(out var page, out _))
            metrics.Replace(page.Counts);
    }

    private async Task JudgeAsync(Judged row, RecordBackup? recordBackup, CancellationToken cancellationToken)
    {
        var worst = WorstOf(row.Tier, row.Protection, recordBackup, row.SizeBytes);
        if (IsAsWritten(row.Protection, worst))
            return;
        await contexts.UndisturbedAsync(record => WriteAsync(record, row.Protection.RepositoryId, recordBackup, cancellationToken), cancellationToken);
    }

    private PromiseFinding WorstOf(Tier tier, Protection protection, RecordBackup? recordBackup, long sizeBytes) =>
        AssessPromise.Worst(AssessPromise.Run(tier, protection, recordBackup, options.Value.RecordInterval, sizeBytes, time.GetUtcNow()));

    // The sentence of a kept promise grows older by itself, and is worked out when somebody looks.
    private static bool IsAsWritten(Protection protection, PromiseFinding worst) =>
        protection.State == worst.State
        && (worst.State == PromiseState.Kept || protection.StateReason == worst.Sentence)
        && !IsAlertDue(protection, worst.State);

    // Without evidence nobody is told that something is mended.
    private static bool IsAlertDue(Protection protection, PromiseState state) =>
        protection.IsAlerted ? state is PromiseState.Kept or PromiseState.AtRisk : state == PromiseState.Broken;

    private async Task<int> WriteAsync(RecordContext record, RepositoryId id, RecordBackup? recordBackup, CancellationToken cancellationToken)
    {
        var protection = await record.Protections.SingleOrDefaultAsync(row => row.RepositoryId == id, cancellationToken);
        var repository = await record.Repositories.Whole().AsNoTrackingWithIdentityResolution().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (protection is null || repository is null)
            return 0;
        var worst = WorstOf(repository.Tier, protection, recordBackup, repository.SizeBytes);
        if (IsAsWritten(protection, worst))
            return 0; // another server was faster
        if (protection.State != worst.State)
            protection.StateSince = time.GetUtcNow();
        (protection.State, protection.StateReason) = (worst.State, worst.Sentence);
        await AlertAsync(record, protection, repository, cancellationToken);
        protection.Version++;
        return await record.SaveChangesAsync(cancellationToken);
    }

    private async Task AlertAsync(RecordContext record, Protection protection, Repository repository, CancellationToken cancellationToken)
    {
        if (!IsAlertDue(protection, protection.State))
            return;
        var isBroken = protection.IsAlerted = protection.State == PromiseState.Broken;
        var (tier, page) = (repository.Tier.Name, $"{address.Root}/r/{repository.Name}/promise");
        if (isBroken)
            LogBroken(repository.Name, tier, protection.StateReason);
        else
            LogMended(repository.Name, tier);
        var now = time.GetUtcNow();
        var administrators = await record.Users.AsNoTracking().Where(user => user.IsAdministrator && user.Status == People.UserStatus.Active).ToListAsync(cancellationToken);
        var recipients = repository.Members.Where(member => member.Access == AccessLevel.Owner).Select(member => member.User)
            .Concat(administrators)
            .Where(user => user.IsActive(now) && user.Email is not null)
            .Select(user => user.Email!)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var recipient in recipients)
        {
            outbox.Add(record, isBroken
                ? PromiseMail.Broken(recipient, repository.Name, tier, protection.StateReason, page)
                : PromiseMail.Mended(recipient, repository.Name, tier, page));
        }
    }

    private sealed record Judged(Protection Protection, Tier Tier, long SizeBytes);

    [LoggerMessage(LogLevel.Error, "the promise for {Repository} ({Tier}) is broken: {Reason}")]
    private partial void LogBroken(RepositoryName repository, string tier, string reason);

    [LoggerMessage(LogLevel.Information, "the promise for {Repository} ({Tier}) is no longer broken")]
    private partial void LogMended(RepositoryName repository, string tier);
}
