namespace RepoPortal.Portal.People.SignIn;

/// <summary>How long to wait after so many failures: nothing at first, then a minute, two, four, up to an hour.</summary>
internal static class FailureDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="failures">How many there were.</param>
    /// <param name="free">How many are let pass.</param>
    internal static TimeSpan After(int failures, int free)
    {
        if (failures < free)
            return TimeSpan.Zero;
        var delay = First * Math.Pow(2, Math.Min(failures - free, 10));
        return delay < Longest ? delay : Longest;
    }
}
