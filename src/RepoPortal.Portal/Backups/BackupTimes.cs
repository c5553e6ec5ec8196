using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Backups;

/// <summary>When a tier's clock is due.</summary>
internal static class BackupTimes
{
    private static readonly TimeSpan ShortestHaste = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    // Repositories that were made, or found, together would otherwise be due together for ever.
    private const double Spread = 0.1;
    private const int Groups = 16;

    /// <summary>
    /// How soon after a commit it is backed up: by half of what may be lost, so that an attempt may fail and another one still be in time. A tier that may lose nothing
    /// gets what a backup can do: a minute.
    /// </summary>
    internal static TimeSpan Haste(Tier tier)
    {
        var half = TimeSpan.FromSeconds(tier.RecoveryPointSeconds / 2.0);
        var interval = TimeSpan.FromSeconds(tier.BackupIntervalSeconds);
        var haste = half < interval ? half : interval;
        return haste > ShortestHaste ? haste : ShortestHaste;
    }

    /// <summary>Which of a few groups a repository belongs to: those of one group have the same times.</summary>
    internal static int GroupOf(RepositoryId repository) => (int)((uint)repository.GetHashCode() % Groups);

    /// <summary>The next time after <paramref name="now"/>, up to a tenth of the interval early, each group another.</summary>
    internal static DateTimeOffset After(DateTimeOffset now, long intervalSeconds, int group) =>
        now + TimeSpan.FromSeconds(intervalSeconds * (1 - (Spread * group / Groups)));

    /// <summary>When to try again after so many failures in a row.</summary>
    internal static DateTimeOffset AfterFailure(DateTimeOffset now, int failures)
    {
        var pause = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10));
        return now + (pause < LongestRetry ? pause : LongestRetry);
    }
}
