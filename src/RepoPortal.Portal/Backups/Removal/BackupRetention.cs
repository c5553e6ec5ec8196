using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Backups.Removal;

/// <summary>For how long backups are kept that are not the present one of a repository.</summary>
internal static class BackupRetention
{
    /// <summary>As long as the record's own: whichever of those is brought back, the backups of what it knows are there.</summary>
    internal static readonly TimeSpan Shortest = TimeSpan.FromDays(RecordBackups.KeptDays);

    /// <summary>How long a damaged backup is kept after it was set aside, at the least.</summary>
    internal static readonly TimeSpan OfDamaged = Shortest;

    /// <summary>What the tier keeps for its repositories: the last backup of one removed for good, and what a restore in place has replaced.</summary>
    internal static TimeSpan Of(Tier tier)
    {
        var kept = TimeSpan.FromSeconds(tier.RetentionSeconds);
        return kept > Shortest ? kept : Shortest;
    }
}
