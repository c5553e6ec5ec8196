using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Backups;

/// <summary>Writes down what came of backups, verifications and rehearsals, and when the next are due.</summary>
internal sealed class BackupOutcomes(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    // Times the size at the last rehearsal; and the bytes from which it matters.
    private const long Outgrown = 2;
    private const long WorthMeasuring = 64 << 20;

    /// <summary>These backups were found to have everything at <paramref name="asked"/>.</summary>
    internal async Task CurrentAsync(IReadOnlyCollection<RepositoryId> repositories, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        if (repositories.Count == 0)
            return;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await record.Repositories.Where(row => repositories.Contains(row.Id))
            .Select(row => new { row.Id, row.Tier.BackupIntervalSeconds })
            .ToListAsync(cancellationToken);
        foreach (var group in rows.GroupBy(row => (row.BackupIntervalSeconds, Group: BackupTimes.GroupOf(row.Id))))
        {
            var (ids, due) = (group.Select(row => row.Id).ToList(), BackupTimes.After(asked, group.Key.BackupIntervalSeconds, group.Key.Group));
            // A commit that was seen since the look keeps its own due time: the row's version has grown with it, or its exposure began after the look.
            await record.Protections
                .Where(row => ids.Contains(row.RepositoryId) && row.BackupDueAt <= asked && (row.UnprotectedSince == null || row.UnprotectedSince < asked))
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(stored => stored.CheckedAt, asked)
                        .SetProperty(stored => stored.UnprotectedSince, (DateTimeOffset?)null)
                        .SetProperty(stored => stored.BackupFailure, (string?)null)
                        .SetProperty(stored => stored.BackupFailures, 0)
                        .SetProperty(stored => stored.BackupDueAt, due)
                        .SetProperty(stored => stored.Version, stored => stored.Version + 1),
                    cancellationToken);
        }
    }

    /// <summary>A backup was brought up to its original.</summary>
    internal Task BackedUpAsync(RepositoryId repository, BackUpResult result, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, row, now) =>
        {
            protection.Revision = result.Revision;
            protection.AsOf = result.AsOf;
            protection.SizeBytes = result.SizeBytes;
            protection.CheckedAt = result.AsOf;
            (protection.BackupFailure, protection.BackupFailures) = (null, 0);
            // Whoever asked for another one meanwhile gets it.
            if (protection.BackupDueAt <= result.AsOf || protection.BackupDueAt > now)
                protection.BackupDueAt = BackupTimes.After(now, row.Tier.BackupIntervalSeconds, BackupTimes.GroupOf(repository));
            protection.UnprotectedSince = null;
            // What was committed since the moment that the backup speaks for is younger than that moment.
            if (row.Youngest > result.Revision)
            {
                protection.UnprotectedSince = result.AsOf;
                protection.BackupDueAt = Earlier(protection.BackupDueAt, result.AsOf + BackupTimes.Haste(row.Tier));
            }

            if (result.Remade is not null)
                (protection.VerifiedAt, protection.VerificationDueAt) = (null, now);
            // What it takes to bring back something so much larger is measured and not reckoned.
            if (result.SizeBytes > protection.RehearsedBytes * Outgrown && result.SizeBytes > WorthMeasuring)
                protection.RehearsalDueAt = Earlier(protection.RehearsalDueAt, now);
        }, cancellationToken);

    /// <summary>A backup could not be made.</summary>
    internal Task BackupFailedAsync(RepositoryId repository, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, _, now) =>
        {
            (protection.BackupFailure, protection.BackupFailedAt) = (reason, now);
            protection.BackupFailures++;
            protection.BackupDueAt = BackupTimes.AfterFailure(now, protection.BackupFailures);
        }, cancellationToken);

    /// <summary>The original was found to be damaged while it was backed up.</summary>
    internal Task DamagedAsync(RepositoryId repository, string damage, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, _, now) =>
        {
            protection.Damage = damage;
            (protection.BackupFailure, protection.BackupFailedAt) = ($"the repository itself is damaged ({damage}), and its backup was left as it is", now);
            protection.BackupFailures++;
            protection.BackupDueAt = BackupTimes.AfterFailure(now, protection.BackupFailures);
        }, cancellationToken);

    /// <summary>The backup was read; when it was damaged it has been set aside, and is made anew at once.</summary>
    internal Task BackupVerifiedAsync(RepositoryId repository, VerifyResult result, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, row, now) =>
        {
            protection.VerificationDueAt = BackupTimes.After(now, row.Tier.VerificationIntervalSeconds, BackupTimes.GroupOf(repository));
            protection.VerificationFailure = null;
            if (result.Damage is null)
            {
                protection.VerifiedAt = now;
                return;
            }

            (protection.Revision, protection.AsOf, protection.VerifiedAt, protection.VerificationDueAt) = (null, null, null, now);
            (protection.VerificationFailure, protection.VerificationFailedAt) = ($"the backup was damaged ({result.Damage}); it was set aside and is made anew", now);
            protection.UnprotectedSince = row.Youngest > 0 ? row.CreatedAt : null;
            protection.BackupDueAt = now;
        }, cancellationToken);

    /// <summary>The original was read.</summary>
    internal Task OriginalVerifiedAsync(RepositoryId repository, VerifyResult result, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, row, now) =>
        {
            protection.OriginalDueAt = BackupTimes.After(now, row.Tier.VerificationIntervalSeconds, BackupTimes.GroupOf(repository));
            protection.Damage = result.Damage;
            if (result.Damage is null)
                protection.OriginalVerifiedAt = now;
        }, cancellationToken);

    /// <summary>One of the two could not be verified.</summary>
    internal Task VerificationFailedAsync(RepositoryId repository, VerificationSubject subject, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, _, now) =>
        {
            (protection.VerificationFailure, protection.VerificationFailedAt) = (reason, now);
            var later = BackupTimes.AfterFailure(now, failures: 5);
            if (subject == VerificationSubject.Backup)
                protection.VerificationDueAt = later;
            else
                protection.OriginalDueAt = later;
        }, cancellationToken);

    /// <summary>A rehearsal brought a whole repository back.</summary>
    internal Task RehearsedAsync(RepositoryId repository, RestoreResult result, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, row, now) =>
        {
            (protection.RehearsedAt, protection.RehearsedMilliseconds, protection.RehearsedBytes) = (now, (long)result.Took.TotalMilliseconds, result.SizeBytes);
            protection.RehearsalFailure = null;
            protection.RehearsalDueAt = BackupTimes.After(now, row.Tier.DrillIntervalSeconds, BackupTimes.GroupOf(repository));
        }, cancellationToken);

    /// <summary>A rehearsal did not.</summary>
    internal Task RehearsalFailedAsync(RepositoryId repository, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(repository, (protection, _, now) =>
        {
            (protection.RehearsalFailure, protection.RehearsalFailedAt) = (reason, now);
            protection.RehearsalDueAt = BackupTimes.AfterFailure(now, failures: 5);
            // Whatever is wrong with the backup, reading it in full tells.
            protection.VerificationDueAt = now;
        }, cancellationToken);

    private Task<bool> ChangeAsync(RepositoryId id, Action<Protection, Repository, DateTimeOffset> change, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(
            async record =>
            {
                var protection = await record.Protections.SingleOrDefaultAsync(row => row.RepositoryId == id, cancellationToken);
                var repository = await record.Repositories.Include(row => row.Tier).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
                if (protection is null || repository is null)
                    return false; // purged meanwhile
                change(protection, repository, time.GetUtcNow());
                protection.Version++;
                await record.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
