using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups;

/// <summary>
/// Has everything done that the tiers want done at their times. What has not changed since its backup costs a few looks at the disk and a part of one statement;
/// what has becomes a task. Several servers may do this at once: a task's key is unique.
/// </summary>
internal sealed partial class BackupClock(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, BackupOutcomes outcomes, IOptions<BackupOptions> options, IHostApplicationLifetime host, TimeProvider time,
    ILogger<BackupClock> logger)
    : BackgroundService
{
    private const int Batch = 500;

    // Enough to keep the runner busy; the rest stays due, so that what becomes urgent meanwhile is not behind it.
    private const int MostQueued = 200;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // What is due has no index to be found by, and nobody waits for it.
    private static readonly TimeSpan StructurePeriod = TimeSpan.FromMinutes(1);

    private DateTimeOffset _structureAt;
    private DateTimeOffset _before = DateTimeOffset.MaxValue;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.ReadOnly ? Task.CompletedTask : host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>One round.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        // At the start, and whenever the clock was put back.
        if (time.GetUtcNow() is var now && now < _before)
            await DistrustAsync(now, cancellationToken);
        _before = now;
        await EnrolAsync(cancellationToken);
        while (await BackUpAsync(cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        await QueueAsync(TaskKind.VerifyBackup, due => due.VerificationDueAt <= time.GetUtcNow() && due.Revision != null, cancellationToken);
        await QueueAsync(TaskKind.VerifyOriginal, due => due.OriginalDueAt <= time.GetUtcNow(), cancellationToken);
        await QueueAsync(TaskKind.Rehearse, due => due.RehearsalDueAt <= time.GetUtcNow() && due.Revision != null, cancellationToken);
        if ((now - _structureAt).Duration() < StructurePeriod)
            return;
        _structureAt = now;
        await QueueStructureAsync(TaskKind.CheckBackup, cancellationToken);
        await QueueStructureAsync(TaskKind.CheckOriginal, cancellationToken);
    }

    /// <summary>What a clock that was ahead wrote is forgotten, and what waits for such a time is due: otherwise nothing would be done until then, and the page would say that all is well.</summary>
    private async Task DistrustAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tiers = await record.Tiers.AsNoTracking().ToListAsync(cancellationToken);
        var late = now + ClockAhead.Tolerance;
        var (backup, verification, rehearsal) = (
            late.AddSeconds(tiers.Max(tier => tier.BackupIntervalSeconds)), late.AddSeconds(tiers.Max(tier => tier.VerificationIntervalSeconds)), late.AddSeconds(tiers.Max(tier => tier.DrillIntervalSeconds)));
        var ahead = await record.Protections
            .Where(row => row.CheckedAt > late || row.AsOf > late || row.UnprotectedSince > late || row.VerifiedAt > late || row.OriginalVerifiedAt > late || row.RehearsedAt > late
                || row.BackupFailedAt > late || row.VerificationFailedAt > late || row.RehearsalFailedAt > late
                || row.BackupDueAt > backup || row.VerificationDueAt > verification || row.OriginalDueAt > verification || row.RehearsalDueAt > rehearsal)
            .Select(row => row.RepositoryId)
            .ToListAsync(cancellationToken);
        if (ahead.Count > 0)
            LogAhead(ahead.Count);
        foreach (var repository in ahead)
            await contexts.UndisturbedAsync(attempt => DistrustAsync(attempt, repository, now, cancellationToken), cancellationToken);
    }

    private static async Task<int> DistrustAsync(RecordContext record, RepositoryId repository, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await record.Protections.SingleOrDefaultAsync(row => row.RepositoryId == repository, cancellationToken) is not { } protection)
            return 0;
        protection.Distrust(now);
        return await record.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Begins to protect what has become ready, or has got another generation; also what was thrown away before it was seen here, which is kept until it is backed up.</summary>
    private async Task EnrolAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var missing = await record.Copies
            .Where(copy => copy.Role == CopyRole.Primary)
            .Where(copy => record.Repositories.Any(row => row.Id == copy.RepositoryId && (row.State == RepositoryState.Ready || row.State == RepositoryState.Deleted)))
            .Where(copy => !record.Protections.Any(protection => protection.RepositoryId == copy.RepositoryId && protection.Generation == copy.Generation))
            .Select(copy => copy.RepositoryId)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        foreach (var repository in missing)
            await contexts.UndisturbedAsync(attempt => EnrolAsync(attempt, repository, cancellationToken), cancellationToken);
    }

    private async Task<int> EnrolAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var repository = await record.Repositories.Include(row => row.Copies).SingleAsync(row => row.Id == id, cancellationToken);
        if (repository.Primary is not { } primary)
            return 0;
        if (await record.Protections.SingleOrDefaultAsync(row => row.RepositoryId == id, cancellationToken) is { } before)
        {
            if (before.Generation == primary.Generation)
                return 0;
            record.Entry(before).CurrentValues.SetValues(before.Renew(primary.Generation, now));
        }
        else
        {
            var protection = Protection.Begin(id, primary.Generation, now);
            // What was committed before anything was measured is measured from here on.
            protection.UnprotectedSince = repository.Youngest > 0 ? now : null;
            record.Add(protection);
        }

        return await record.SaveChangesAsync(cancellationToken);
    }

    /// <returns>Whether more may be due at once.</returns>
    private async Task<bool> BackUpAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Tasks.CountAsync(task => task.Kind == TaskKind.BackUp && task.State == TaskState.Queued, cancellationToken) >= MostQueued)
            return false;
        var now = time.GetUtcNow();
        var due = await record.Protections.AsNoTracking()
            .Where(protection => protection.BackupDueAt <= now)
            .Where(protection => !record.Tasks.Any(task => task.Kind == TaskKind.BackUp && task.RepositoryId == protection.RepositoryId && task.Key != null))
            .OrderBy(protection => protection.BackupDueAt)
            .Take(Batch)
            .Join(
                record.Copies.Where(copy => copy.Role == CopyRole.Primary), protection => protection.RepositoryId, copy => copy.RepositoryId,
                (protection, copy) => new Due(protection.RepositoryId, protection.Generation, protection.Revision, copy.NodeName))
            .ToListAsync(cancellationToken);
        var isMore = due.Count == Batch;
        foreach (var node in due.GroupBy(row => row.Node))
            isMore &= await BackUpAsync(node.Key, [.. node], cancellationToken);
        return isMore;
    }

    /// <returns>Whether each of these has had its turn: one whose node is away is due still.</returns>
    private async Task<bool> BackUpAsync(string node, List<Due> due, CancellationToken cancellationToken)
    {
        try
        {
            var asked = time.GetUtcNow();
            var surveys = await grains.GetGrain<IStorageNodeGrain>(node)
                .SurveyBackups([.. due.Select(row => new RepositoryCopy(row.Repository, row.Generation))], cancellationToken);
            // One that was made, but of which nobody was told because a server died, is asked for once more: its task has nothing to do but to tell.
            var known = due.ToDictionary(row => row.Repository, row => row.Revision);
            var current = surveys.Where(survey => survey.IsCurrent && survey.Revision == known[survey.Copy.Repository]).Select(survey => survey.Copy.Repository).ToHashSet();
            await outcomes.CurrentAsync(current, asked, cancellationToken);
            foreach (var survey in surveys.Where(survey => !current.Contains(survey.Copy.Repository)))
                await AddAsync(TaskKind.BackUp, survey.Copy.Repository, cancellationToken);
        }
        catch (StorageException exception)
        {
            // The directory of the backups is away or not fit: the same for all of them.
            foreach (var row in due)
                await outcomes.BackupFailedAsync(row.Repository, exception.Message, cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogAway(exception, node);
            return false;
        }

        return true;
    }

    private async Task QueueAsync(
        TaskKind kind, System.Linq.Expressions.Expression<Func<Protection, bool>> isDue, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var queued = await record.Tasks.CountAsync(task => task.Kind == kind && task.State == TaskState.Queued, cancellationToken);
        if (queued >= MostQueued)
            return;
        var due = await record.Protections.Where(isDue)
            .Where(protection => !record.Tasks.Any(task => task.Kind == kind && task.RepositoryId == protection.RepositoryId && task.Key != null))
            .OrderBy(protection => protection.VerificationDueAt)
            .Select(protection => protection.RepositoryId)
            .Take(MostQueued - queued)
            .ToListAsync(cancellationToken);
        foreach (var repository in due)
            await AddAsync(kind, repository, cancellationToken);
    }

    /// <summary>Has structures looked at, which takes little, more often than everything is read.</summary>
    private async Task QueueStructureAsync(TaskKind kind, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var tier in await record.Tiers.AsNoTracking().ToListAsync(cancellationToken))
        {
            var queued = await record.Tasks.CountAsync(task => task.Kind == kind && task.State == TaskState.Queued, cancellationToken);
            foreach (var repository in await StructureChecks.Due(record, tier, kind, time.GetUtcNow()).Take(Math.Max(0, MostQueued - queued)).ToListAsync(cancellationToken))
                await AddAsync(kind, repository, cancellationToken);
        }
    }

    private async Task AddAsync(TaskKind kind, RepositoryId repository, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        record.Add(TaskKeys.NewTask(kind, repository, People.Actor.System, time.GetUtcNow()));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // It is queued already.
        }
    }

    private sealed record Due(RepositoryId Repository, int Generation, long? Revision, string Node);

    [LoggerMessage(LogLevel.Warning, "what is known about the backups of {Count} repositories is dated later than now, because a clock was ahead; it is measured anew")]
    private partial void LogAhead(int count);

    [LoggerMessage(LogLevel.Warning, "node {Node} cannot be asked about its backups")]
    private partial void LogAway(Exception exception, string node);
}
