using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Tiers.Quotas;

/// <summary>Writes to owners when a repository comes near its quota: once at each step, and again only after it has fallen below it.</summary>
internal sealed class QuotaWarnings(
    IDbContextFactory<RecordContext> contexts,
    Outbox outbox,
    PublicAddress address,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<QuotaWarnings> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, WarnAsync, time, logger, stoppingToken);

    /// <summary>Looks at every repository that may have reached a step or fallen below one.</summary>
    internal async Task WarnAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var limits = await record.Tiers.AsNoTracking().Where(tier => tier.QuotaBytes != null).ToListAsync(cancellationToken);
        // Each question is answered from an index that holds few of all repositories.
        var near = await record.Repositories.AsNoTracking().Where(row => row.QuotaWarned > 0).Select(row => row.Id).ToListAsync(cancellationToken);
        near.AddRange(await record.Repositories.AsNoTracking().Where(row => row.HasOwnQuota).Select(row => row.Id).ToListAsync(cancellationToken));
        foreach (var tier in limits)
        {
            var least = (long)(tier.QuotaBytes!.Value * (QuotaStep.All[0] / 100m));
            near.AddRange(await record.Repositories.AsNoTracking()
                .Where(row => row.SizeBytes >= least && row.TierId == tier.Id && row.QuotaWarned == 0 && !row.HasOwnQuota)
                .Select(row => row.Id).ToListAsync(cancellationToken));
        }

        foreach (var id in near.Distinct())
            await contexts.UndisturbedAsync(attempt => WarnAsync(attempt, id, cancellationToken), cancellationToken);
        outbox.Wake();
    }

    private async Task<int> WarnAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken)
    {
        if (await record.Repositories.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new { row.SizeBytes, row.QuotaWarned, Quota = row.HasOwnQuota ? row.OwnQuotaBytes : row.Tier.QuotaBytes })
            .SingleOrDefaultAsync(cancellationToken) is not { } seen
            || QuotaStep.Of(seen.SizeBytes, seen.Quota) == seen.QuotaWarned)
        {
            return 0;
        }

        var repository = await record.Repositories.WithAccess().SingleAsync(row => row.Id == id, cancellationToken);
        var (step, now) = (QuotaStep.Of(repository.SizeBytes, repository.EffectiveQuota), time.GetUtcNow());
        if (step == repository.QuotaWarned)
            return 0; // another server was faster, or something was changed
        var isHigher = step > repository.QuotaWarned;
        repository.QuotaWarned = step;
        if (isHigher)
        {
            foreach (var owner in OwnerRules.Owners(repository, now).Where(owner => owner.Email is not null && owner.IsActive(now)))
                outbox.Add(record, Write(owner.Email!, repository, repository.EffectiveQuota!.Value));
        }

        return await record.SaveChangesAsync(cancellationToken);
    }

    private MailText Write(string to, Repository repository, long quota)
    {
        var percent = QuotaStep.Percent(repository.SizeBytes, quota);
        return PlainMail.Write(
            to,
            percent >= 100 ? $"{repository.Name} has used up its quota" : $"{repository.Name} has used {percent} % of its quota",
            $"The repository \"{repository.Name}\" holds {ByteWords.Of(repository.SizeBytes)} of the {ByteWords.Of(quota)} that it may hold.",
            percent >= 100
                ? "Commits are refused until it may hold more. Reading goes on."
                : "When all of it is used, commits are refused; reading goes on.",
            "Ask for a tier that allows more, or an administrator for more room. The settings show how much is used:",
            $"{address.Root}/r/{repository.Name}/settings");
    }
}
