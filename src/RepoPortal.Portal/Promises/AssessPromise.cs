using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Promises;

/// <summary>Judges a promise by its evidence: never kept without, and broken as soon as one part of it is.</summary>
internal static class AssessPromise
{
    // Nearer to the limit than this it is said before it is too late.
    private const double Near = 0.8;

    // Something that is done by the clock is late by so much of its interval before it says anything.
    private const double Late = 1.5;

    private const string Ahead = "When that was is not known: it is dated later than now, by a clock that was wrong. It is measured anew.";

    /// <summary>What a second copy would be needed for: this version keeps one copy of each repository.</summary>
    internal static bool NeedsSecondCopy(Tier tier) => tier.RecoveryPointSeconds == 0 || tier.RecoveryTimeSeconds < ByHandSeconds;

    // Whoever brings back a machine by hand does not do it faster.
    private const long ByHandSeconds = 600;

    /// <summary>Every finding, in the order in which the page shows them.</summary>
    /// <param name="tier">What is promised.</param>
    /// <param name="protection">What is known; null before the clock has seen the repository.</param>
    /// <param name="recordBackup">How the record's own backup stands.</param>
    /// <param name="recordInterval">How often that is made.</param>
    /// <param name="sizeBytes">The repository's present size.</param>
    /// <param name="now">The moment.</param>
    internal static IReadOnlyList<PromiseFinding> Run(
        Tier tier, Protection? protection, RecordBackup? recordBackup, TimeSpan recordInterval, long sizeBytes, DateTimeOffset now)
    {
        if (protection is null)
            return [new PromiseFinding(PromiseSubject.Backup, PromiseState.Unknown, "Nothing has been measured yet.")];
        return
        [
            CommitsAtRisk(tier, protection, now),
            BackInService(tier, protection, sizeBytes),
            Copies(tier),
            Backup(tier, protection, now),
            Verification(tier, protection, now),
            Rehearsal(tier, protection, now),
            Original(tier, protection, now),
            Record(recordBackup, recordInterval, now),
        ];
    }

    /// <summary>The state of the whole, and the finding that decides it.</summary>
    internal static PromiseFinding Worst(IReadOnlyList<PromiseFinding> findings) =>
        findings.FirstOrDefault(finding => finding.State == PromiseState.Broken)
        ?? findings.FirstOrDefault(finding => finding.State == PromiseState.AtRisk)
        ?? findings.FirstOrDefault(finding => finding.State == PromiseState.Unknown)
        ?? findings[0];

    /// <summary>For how long the oldest commit that is in no backup has been without one; zero when all are in it, null when a clock was wrong and nobody knows.</summary>
    internal static TimeSpan? Exposure(Protection protection, DateTimeOffset now) => protection.UnprotectedSince switch
    {
        null => TimeSpan.Zero,
        { } since when now > since => now - since,
        { } since => ClockAhead.Wrote(since, now) ? null : TimeSpan.Zero,
    };

    // No disk copies slower: of a small repository, most of the time is the beginning and the end of a restore, which do not grow with it.
    private const double SlowestBytesPerMillisecond = 10 * 1024 * 1024 / 1000.0;

    /// <summary>How long a restore would take at the repository's present size, by the last rehearsal; null before the first.</summary>
    internal static TimeSpan? Predicted(Protection protection, long sizeBytes)
    {
        if (protection is not { RehearsedMilliseconds: { } took, RehearsedBytes: { } bytes })
            return null;
        var speed = Math.Max((double)bytes / Math.Max(took, 1), SlowestBytesPerMillisecond);
        return TimeSpan.FromMilliseconds(took + (Math.Max(sizeBytes - bytes, 0) / speed));
    }

    private static PromiseFinding CommitsAtRisk(Tier tier, Protection protection, DateTimeOffset now)
    {
        if (Exposure(protection, now) is not { } exposure)
            return new(PromiseSubject.CommitsAtRisk, PromiseState.Unknown, $"Commits are in no backup yet. {Ahead}");
        var keepable = tier.RecoveryPointSeconds > 0;
        var limit = TimeSpan.FromSeconds(keepable ? tier.RecoveryPointSeconds : tier.BackupIntervalSeconds);
        var measured = protection.UnprotectedSince is null
            ? "Every commit is in the backup."
            : $"The oldest commit that is in no backup is {Words(exposure)} old.";
        if (exposure > limit)
            return new(PromiseSubject.CommitsAtRisk, PromiseState.Broken, measured);
        if (!keepable)
            return new(PromiseSubject.CommitsAtRisk, PromiseState.AtRisk, $"{measured} No acknowledged commit at risk needs a second copy, which this installation does not keep; a commit is backed up within {Words(BackupTimes.Haste(tier))}.");
        if (protection.CheckedAt is null)
            return new(PromiseSubject.CommitsAtRisk, PromiseState.Unknown, "There is no backup yet.");
        return new(PromiseSubject.CommitsAtRisk, exposure > limit * Near ? PromiseState.AtRisk : PromiseState.Kept, measured);
    }

    private static PromiseFinding BackInService(Tier tier, Protection protection, long sizeBytes)
    {
        if (Predicted(protection, sizeBytes) is not { } predicted)
            return new(PromiseSubject.BackInService, PromiseState.Unknown, "No restore has been rehearsed yet.");
        var limit = TimeSpan.FromSeconds(tier.RecoveryTimeSeconds);
        var sentence = $"The last rehearsed restore took {Words(TimeSpan.FromMilliseconds(protection.RehearsedMilliseconds!.Value))}"
            + (sizeBytes > protection.RehearsedBytes * 1.1 ? $"; at the present size it would take {Words(predicted)}." : ".");
        if (predicted > limit)
            return new(PromiseSubject.BackInService, PromiseState.Broken, sentence);
        if (tier.RecoveryTimeSeconds < ByHandSeconds)
            return new(PromiseSubject.BackInService, PromiseState.AtRisk, $"{sentence} To be back by itself, when its machine is lost, needs a second one, which this installation does not have.");
        return new(PromiseSubject.BackInService, predicted > limit * Near ? PromiseState.AtRisk : PromiseState.Kept, sentence);
    }

    // How many copies there are is a means; whether the promise is kept without is said of the promise itself.
    private static PromiseFinding Copies(Tier tier) => tier.Copies > 1
        ? new(PromiseSubject.Copies, PromiseState.Kept, "One copy and the backup. This installation keeps no second copy, and does not promise it.")
        : new(PromiseSubject.Copies, PromiseState.Kept, "One copy and the backup.");

    private static PromiseFinding Backup(Tier tier, Protection protection, DateTimeOffset now)
    {
        if (protection.BackupFailure is { } failure)
            return new(PromiseSubject.Backup, PromiseState.AtRisk, $"The last attempt failed: {failure}.");
        if (protection.CheckedAt is not { } at)
            return new(PromiseSubject.Backup, PromiseState.Unknown, "There is no backup yet.");
        if (ClockAhead.Wrote(at, now))
            return new(PromiseSubject.Backup, PromiseState.Unknown, $"There is a backup. {Ahead}");
        var late = now - at > TimeSpan.FromSeconds(tier.BackupIntervalSeconds) * Late;
        return new(PromiseSubject.Backup, late ? PromiseState.AtRisk : PromiseState.Kept, $"Up to date as of {Ago(now - at)}, with revision {Format.Count(protection.Revision ?? 0)}.");
    }

    private static PromiseFinding Verification(Tier tier, Protection protection, DateTimeOffset now)
    {
        if (protection.VerificationFailure is { } failure)
            return new(PromiseSubject.Verification, PromiseState.AtRisk, $"The last verification failed: {failure}.");
        if (protection.VerifiedAt is not { } at)
            return new(PromiseSubject.Verification, PromiseState.Unknown, "The backup has not been verified yet.");
        if (ClockAhead.Wrote(at, now))
            return new(PromiseSubject.Verification, PromiseState.Unknown, $"The backup was verified. {Ahead}");
        return new(PromiseSubject.Verification, IsLate(at, tier.VerificationIntervalSeconds, now), $"Every revision in it was read and compared {Ago(now - at)}.");
    }

    private static PromiseFinding Rehearsal(Tier tier, Protection protection, DateTimeOffset now)
    {
        if (protection.RehearsalFailure is { } failure)
            return new(PromiseSubject.Rehearsal, PromiseState.Broken, $"The last rehearsal failed: {failure}.");
        if (protection.RehearsedAt is not { } at)
            return new(PromiseSubject.Rehearsal, PromiseState.Unknown, "No restore has been rehearsed yet.");
        if (ClockAhead.Wrote(at, now))
            return new(PromiseSubject.Rehearsal, PromiseState.Unknown, $"A restore was rehearsed. {Ahead}");
        return new(PromiseSubject.Rehearsal, IsLate(at, tier.DrillIntervalSeconds, now), $"A whole repository came back {Ago(now - at)}.");
    }

    private static PromiseFinding Original(Tier tier, Protection protection, DateTimeOffset now)
    {
        if (protection.Damage is { } damage)
            return new(PromiseSubject.Original, PromiseState.Broken, $"The repository itself is damaged: {damage}. Its backup is left as it is; an administrator has to restore it in place.");
        if (protection.OriginalVerifiedAt is not { } at)
            return new(PromiseSubject.Original, PromiseState.Unknown, "The repository itself has not been verified yet.");
        if (ClockAhead.Wrote(at, now))
            return new(PromiseSubject.Original, PromiseState.Unknown, $"The repository itself was verified. {Ahead}");
        return new(PromiseSubject.Original, IsLate(at, tier.VerificationIntervalSeconds, now), $"Every revision in it was read and compared {Ago(now - at)}.");
    }

    private static PromiseFinding Record(RecordBackup? backup, TimeSpan interval, DateTimeOffset now)
    {
        if (backup?.At is not { } at)
            return backup?.Failure is { } none
                ? new(PromiseSubject.Record, PromiseState.AtRisk, $"People, access and settings have no backup: {none}.")
                : new(PromiseSubject.Record, PromiseState.Unknown, "People, access and settings have no backup yet.");
        if (ClockAhead.Wrote(at, now))
            return new(PromiseSubject.Record, PromiseState.Unknown, $"People, access and settings were backed up. {Ahead}");
        if (now - at <= interval * Late + TimeSpan.FromMinutes(1))
            return new(PromiseSubject.Record, PromiseState.Kept, $"People, access and settings were backed up {Ago(now - at)}.");
        return new(PromiseSubject.Record, PromiseState.AtRisk, $"People, access and settings were last backed up {Ago(now - at)}{(backup.Failure is { } failure ? $": {failure}" : "")}.");
    }

    private static PromiseState IsLate(DateTimeOffset at, long intervalSeconds, DateTimeOffset now) =>
        now - at > TimeSpan.FromSeconds(intervalSeconds) * Late ? PromiseState.AtRisk : PromiseState.Kept;

    private static string Ago(TimeSpan span) => span < TimeSpan.FromSeconds(10) ? "just now" : $"{Words(span)} ago";

    private static string Words(TimeSpan span) => span.TotalSeconds is > 0 and < 9.95 ? $"{Math.Max(0.1, Math.Ceiling(span.TotalSeconds * 10) / 10):0.#} s" : Format.Span(span);
}
