namespace RepoPortal.Portal.Tiers.Quotas;

/// <summary>How near a repository is to its quota, in the steps at which its owners are warned.</summary>
internal static class QuotaStep
{
    /// <summary>The steps in percent, the first that is reached first.</summary>
    internal static readonly int[] All = [80, 95];

    /// <summary>The highest step that is reached; 0 for none.</summary>
    internal static int Of(long bytes, long? quota) => quota is { } limit ? Array.FindLast(All, step => Percent(bytes, limit) >= step) : 0;

    /// <summary>How much is in use, in percent, never rounded up.</summary>
    internal static long Percent(long bytes, long quota) => quota <= 0 ? 100 : (long)Math.Floor((decimal)bytes * 100 / quota);
}
