using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Backups;

/// <summary>What is known about the backup of a repository: the evidence that its promise is judged by, and when the clock is due next.</summary>
public sealed class Protection
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The generation of the copy that is backed up; another one starts anew.</summary>
    public required int Generation { get; set; }

    /// <summary>The youngest revision in the backup; null while there is none.</summary>
    public long? Revision { get; set; }

    /// <summary>Whatever was committed before this moment is in the backup.</summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>The backup's size in bytes.</summary>
    public long SizeBytes { get; set; }

    /// <summary>When the oldest commit that is not in the backup was seen, or a little before; null when all are in it.</summary>
    public DateTimeOffset? UnprotectedSince { get; set; }

    /// <summary>When it is looked next whether the backup has to follow.</summary>
    public required DateTimeOffset BackupDueAt { get; set; }

    /// <summary>When the backup was last known to have everything.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Why the last backup could not be made; null when it could.</summary>
    public string? BackupFailure { get; set; }

    /// <summary>When the last attempt failed.</summary>
    public DateTimeOffset? BackupFailedAt { get; set; }

    /// <summary>How many attempts in a row have failed.</summary>
    public int BackupFailures { get; set; }

    /// <summary>When the backup was last read in full and found whole.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>When it is verified next.</summary>
    public required DateTimeOffset VerificationDueAt { get; set; }

    /// <summary>Why the backup could not be verified at the last attempt; null when it could.</summary>
    public string? VerificationFailure { get; set; }

    /// <summary>When the last attempt to verify failed.</summary>
    public DateTimeOffset? VerificationFailedAt { get; set; }

    /// <summary>When the original was last read in full and found whole.</summary>
    public DateTimeOffset? OriginalVerifiedAt { get; set; }

    /// <summary>When the original is verified next.</summary>
    public required DateTimeOffset OriginalDueAt { get; set; }

    /// <summary>What is damaged in the original; null when nothing is known to be.</summary>
    public string? Damage { get; set; }

    /// <summary>When a restore was last rehearsed and a whole repository came back.</summary>
    public DateTimeOffset? RehearsedAt { get; set; }

    /// <summary>How long that took until it could have been served, in milliseconds.</summary>
    public long? RehearsedMilliseconds { get; set; }

    /// <summary>The size of what came back, in bytes.</summary>
    public long? RehearsedBytes { get; set; }

    /// <summary>When it is rehearsed next.</summary>
    public required DateTimeOffset RehearsalDueAt { get; set; }

    /// <summary>Why the last rehearsal failed; null when it did not.</summary>
    public string? RehearsalFailure { get; set; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset? RehearsalFailedAt { get; set; }

    /// <summary>Whether the promise is kept, as last judged; the compliance page sorts by it.</summary>
    public PromiseState State { get; set; }

    /// <summary>Since when it is so.</summary>
    public required DateTimeOffset StateSince { get; set; }

    /// <summary>The most important reason, in a sentence.</summary>
    public string StateReason { get; set; } = "";

    /// <summary>Whether people were told that the promise is broken, and not yet that it is mended.</summary>
    public bool IsAlerted { get; set; }

    /// <summary>The row's concurrency token.</summary>
    public long Version { get; set; }

    /// <summary>A repository that has just become ready: everything is due.</summary>
    internal static Protection Begin(RepositoryId repository, int generation, DateTimeOffset now) => new()
    {
        RepositoryId = repository,
        Generation = generation,
        BackupDueAt = now,
        VerificationDueAt = now,
        OriginalDueAt = now,
        RehearsalDueAt = now,
        StateSince = now,
    };

    /// <summary>The same repository with other content: everything is due again.</summary>
    internal Protection Renew(int generation, DateTimeOffset now)
    {
        var renewed = Begin(RepositoryId, generation, now);
        (renewed.IsAlerted, renewed.State, renewed.StateReason, renewed.StateSince) = (IsAlerted, State, StateReason, StateSince);
        renewed.UnprotectedSince = now;
        renewed.Version = Version + 1;
        return renewed;
    }

    /// <summary>Forgets what is dated later than now, by a clock that was ahead, and has everything measured anew. What is in no backup is so since the last moment that is known.</summary>
    internal void Distrust(DateTimeOffset now)
    {
        if (ClockAhead.Wrote(UnprotectedSince, now))
            UnprotectedSince = ClockAhead.Wrote(AsOf ?? now, now) ? now : AsOf ?? now;
        // Without its revision the backup is looked at once more, and then its time is known.
        if (ClockAhead.Wrote(AsOf, now))
            (Revision, AsOf) = (null, null);
        (CheckedAt, VerifiedAt, OriginalVerifiedAt, RehearsedAt) = (Believed(CheckedAt), Believed(VerifiedAt), Believed(OriginalVerifiedAt), Believed(RehearsedAt));
        (BackupFailedAt, VerificationFailedAt, RehearsalFailedAt) = (Earlier(BackupFailedAt), Earlier(VerificationFailedAt), Earlier(RehearsalFailedAt));
        StateSince = Earlier(StateSince)!.Value;
        (BackupDueAt, VerificationDueAt, OriginalDueAt, RehearsalDueAt) = (now, now, now, now);
        Version++;

        DateTimeOffset? Believed(DateTimeOffset? at) => ClockAhead.Wrote(at, now) ? null : at;
        DateTimeOffset? Earlier(DateTimeOffset? at) => at > now ? now : at;
    }

    /// <summary>A commit was seen that the backup does not have.</summary>
    internal void Expose(Tier tier, DateTimeOffset now)
    {
        UnprotectedSince ??= now;
        var due = UnprotectedSince.Value + BackupTimes.Haste(tier);
        if (BackupFailures == 0 && due < BackupDueAt)
            BackupDueAt = due;
        Version++;
    }
}
