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

/// <summary>What was asked for, and when.</summary>
/// <param name="What">What.</param>
/// <param name="Repository">For which repository; null for every one.</param>
/// <param name="At">When.</param>
internal sealed record UpkeepRequest(Upkeep What, RepositoryId? Repository, DateTimeOffset At);

/// <summary>Moves the clock: what is asked for is due at once.</summary>
internal sealed class AskForUpkeep(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>For one repository, by its owners and administrators, or for all of them (null), by administrators.</summary>
    /// <returns>What was asked for; <see cref="CountOpenAsync"/> says how much of it is not over yet.</returns>
    internal async Task<Outcome<UpkeepRequest>> ExecuteAsync(Upkeep what, string? name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        IQueryable<Protection> rows = record.Protections;
        RepositoryId? id = null;
        if (name is not null)
        {
            if (!(await FindAsync(record, name, actor, cancellationToken)).Succeeded(out var repository, out var refusal))
                return refusal;
            await EnrolledAsync(record, repository, now, cancellationToken);
            id = repository.Id;
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
        return new UpkeepRequest(what, id, now);
    }

    /// <summary>What asking for one repository would be refused with; nothing comes of it.</summary>
    internal async Task<Refusal?> RehearseAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return (await FindAsync(record, name, actor, cancellationToken)).Refusal;
    }

    /// <summary>What has not been done, nor failed, since the request.</summary>
    internal async Task<int> CountOpenAsync(UpkeepRequest request, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await Of(record, request.Repository).CountAsync(IsOpen(request.What, request.At), cancellationToken);
        if (request is { What: Upkeep.Backup, Repository: null })
            open += await record.Repositories.CountAsync(row => row.State == RepositoryState.Ready && !record.Protections.Any(protection => protection.RepositoryId == row.Id), cancellationToken);
        return open + (request is { What: Upkeep.Backup, Repository: null } ? await record.RecordBackups.CountAsync(row => row.At != null && (row.TriedAt == null || (row.At < request.At && row.Failure == null)), cancellationToken) : 0);
    }

    /// <summary>How many repositories a request is about.</summary>
    internal async Task<int> CountAsync(UpkeepRequest request, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(record, request.Repository).CountAsync(cancellationToken);
    }

    /// <summary>What failed since the request, or was found to be damaged: a sentence each.</summary>
    internal async Task<IReadOnlyList<string>> FindFailuresAsync(UpkeepRequest request, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Of(record, request.Repository)
            .Join(record.Repositories, protection => protection.RepositoryId, row => row.Id, (protection, row) => new { row.Name, protection })
            .AsNoTracking().ToListAsync(cancellationToken);
        var failures = from row in rows
                       let failure = FailureOf(request, row.protection)
                       where failure is not null
                       select $"{row.Name}: {failure}";
        var ofRecord = request is { What: Upkeep.Backup, Repository: null } ? await record.RecordBackups.Where(row => row.Failure != null).Select(row => "the record: " + row.Failure).ToListAsync(cancellationToken) : [];
        return [.. failures, .. ofRecord];
    }

    private static async Task<Outcome<Repository>> FindAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.ReadManagedAsync(name, actor, "ask for this", cancellationToken);
        return found.Succeeded(out var repository, out _) && repository.State != RepositoryState.Ready
            ? Refusal.Conflict($"'{repository.Name}' is not ready, so there is nothing to do for it.")
            : found;
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

    private static string? FailureOf(UpkeepRequest request, Protection protection) => request.What switch
    {
        Upkeep.Backup when protection.BackupFailedAt >= request.At => protection.BackupFailure,
        Upkeep.Verification when protection.Damage is { } damage => damage,
        Upkeep.Verification when protection.VerificationFailedAt >= request.At => protection.VerificationFailure,
        Upkeep.Rehearsal when protection.RehearsalFailedAt >= request.At => protection.RehearsalFailure,
        _ => null,
    };

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

    private static IQueryable<Protection> Of(RecordContext record, RepositoryId? repository) => record.Protections
        .Where(protection => repository == null || protection.RepositoryId == repository)
        .Where(protection => record.Repositories.Any(row => row.Id == protection.RepositoryId && row.State == RepositoryState.Ready));

    private static Expression<Func<Protection, bool>> IsOpen(Upkeep what, DateTimeOffset since) => what switch
    {
        Upkeep.Backup => row => !((row.CheckedAt != null && row.CheckedAt >= since) || (row.BackupFailedAt != null && row.BackupFailedAt >= since)),
        Upkeep.Verification => row => row.Revision != null
            && !((row.VerifiedAt != null && row.VerifiedAt >= since && (row.Damage != null || (row.OriginalVerifiedAt != null && row.OriginalVerifiedAt >= since)))
                || (row.VerificationFailedAt != null && row.VerificationFailedAt >= since)),
        _ => row => row.Revision != null && !((row.RehearsedAt != null && row.RehearsedAt >= since) || (row.RehearsalFailedAt != null && row.RehearsalFailedAt >= since)),
    };
}
