namespace RepoPortal.Portal.Backups;

/// <summary>Tells what was written by a clock that was ahead, because it is dated later than now. Nobody knows when that was, so it is no evidence of anything.</summary>
internal static class ClockAhead
{
    /// <summary>The clocks of several servers are not quite the same.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether a clock that was ahead wrote this.</summary>
    internal static bool Wrote(DateTimeOffset? at, DateTimeOffset now) => at > now + Tolerance;
}
