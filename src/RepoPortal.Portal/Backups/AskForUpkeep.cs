using System.Linq.Expressions;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Backups;

/// <summary>What somebody wants done now rather than by the clock.</summary>
public enum Upkeep
{
    /// <summary>Back up.</summary>
    Backup,

    /// <summary>Verify backup and original.</summary>
    Verification,

    /// <summary>Rehearse a restore.</summary>
    Rehearsal,
}

/// <summary>Moves the clock: what is asked for is due at once.</summary>
internal sealed class AskForUpkeep(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>For one repository, by its owners and administrators, or for all of them (null), by administrators.</summary>
    /// <returns>The moment of the request; <see cref="CountOpenAsync"/> says what of it is not over yet.</returns>
    internal async Task<Outcome<DateTimeOffset>> ExecuteAsync(Upkeep what, string? name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        IQueryable<Protection> rows = record.Protections;
        if (name is not null)
        {
            var found = await record.ReadManagedAsync(name, actor, "ask for this", cancellationToken);
            if (!found.Succeeded(out var repository, out var refusal))
                return refusal;
            if (repository.State != RepositoryState.Ready)
                return Refusal.Conflict($"'{repository.Name}' is not ready, so there is nothing to do for it.");
            await EnrolledAsync(record, repository, now, cancellationToken);
            rows = rows.Where(row => row.RepositoryId == repository.Id);
        }
        else if (!actor.IsAdministrator)
        {
            return Refusal.Forbidden("Only administrators may ask for this for every repository.");
        }
        else if (what == Upkeep.Backup)
        {
            await record.RecordBackups.ExecuteUpdateAsync(row => row.SetProperty(stored => stored.TriedAt, (DateTimeOffset?)null), cancellationToken);
        }

        await SetDueAsync(rows, what, now, cancellationToken);
        return now;
    }

    /// <summary>What has not been done, nor failed, since the request.</summary>
    internal async Task<int> CountOpenAsync(Upkeep what, string? name, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await Of(record, name).CountAsync(IsOpen(what, since), cancellationToken);
        return open + (what == Upkeep.Backup && name is null ? await record.RecordBackups.CountAsync(row => row.At != null && (row.TriedAt == null || (row.At < since && row.Failure == null)), cancellationToken) : 0);
    }

    /// <summary>How many repositories a request is about.</summary>
    internal async Task<int> CountAsync(string? name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(record, name).CountAsync(cancellationToken);
    }

    /// <summary>What failed since the request, or was found to be damaged: a sentence each.</summary>
    internal async Task<IReadOnlyList<string>> FindFailuresAsync(Upkeep what, string? name, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Of(record, name)
            .Join(record.Repositories, protection => protection.RepositoryId, row => row.Id, (protection, row) => new { row.Name, protection })
            .AsNoTracking().ToListAsync(cancellationToken);
        var failures = rows.Select(row => (row.Name, Failure: what switch
            {
                Upkeep.Backup when row.protection.BackupFailedAt >= since => row.protection.BackupFailure,
                Upkeep.Verification when row.protection.Damage is { } damage => damage,
                Upkeep.Verification when row.protection.VerificationFailedAt >= since => row.protection.VerificationFailure,
                Upkeep.Rehearsal when row.protection.RehearsalFailedAt >= since => row.protection.RehearsalFailure,
                _ => null,
            }))
            .Where(row => row.Failure is not null).Select(row => $"{row.Name}: {row.Failure}");
        var ofRecord = what == Upkeep.Backup && name is null ? await record.RecordBackups.Where(row => row.Failure != null).Select(row => "the record: " + row.Failure).ToListAsync(cancellationToken) : [];
        return [.. failures, .. ofRecord];
    }

    // A repository that has only just become ready is not known to the clock yet.
    private static async Task EnrolledAsync(RecordContext record, Repository repository, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (repository.Primary is not { } primary || await record.Protections.AnyAsync(row => row.RepositoryId == repository.Id, cancellationToken))
            return;
        record.Add(Protection.Begin(repository.Id, primary.Generation, now));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The clock was faster.
        }
    }

    private static Task<int> SetDueAsync(IQueryable<Protection> rows, Upkeep what, DateTimeOffset now, CancellationToken cancellationToken) => rows.ExecuteUpdateAsync(
        row =>
        {
            row.SetProperty(stored => stored.Version, stored => stored.Version + 1);
            if (what == Upkeep.Backup)
                row.SetProperty(stored => stored.BackupDueAt, now);
            if (what == Upkeep.Verification)
                row.SetProperty(stored => stored.VerificationDueAt, now).SetProperty(stored => stored.OriginalDueAt, now);
            if (what == Upkeep.Rehearsal)
                row.SetProperty(stored => stored.RehearsalDueAt, now);
        },
        cancellationToken);

    private static IQueryable<Protection> Of(RecordContext record, string? name)
    {
        var all = record.Protections.Where(protection => record.Repositories.Any(row => row.Id == protection.RepositoryId && row.State == RepositoryState.Ready));
        if (name is null)
            return all;
        var parsed = RepositoryName.Parse(name);
        return all.Where(protection => record.Repositories.Any(row => row.Id == protection.RepositoryId && row.Name == parsed));
    }

    private static Expression<Func<Protection, bool>> IsOpen(Upkeep what, DateTimeOffset since) => what switch
    {
        Upkeep.Backup => row => !((row.CheckedAt != null && row.CheckedAt >= since) || (row.BackupFailedAt != null && row.BackupFailedAt >= since)),
        Upkeep.Verification => row => row.Revision != null
            && !((row.VerifiedAt != null && row.VerifiedAt >= since && (row.Damage != null || (row.OriginalVerifiedAt != null && row.OriginalVerifiedAt >= since)))
                || (row.VerificationFailedAt != null && row.VerificationFailedAt >= since)),
        _ => row => row.Revision != null && !((row.RehearsedAt != null && row.RehearsedAt >= since) || (row.RehearsalFailedAt != null && row.RehearsalFailedAt >= since)),
    };
}
