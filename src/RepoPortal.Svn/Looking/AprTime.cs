namespace RepoPortal.Svn.Looking;

/// <summary>Time as APR counts it: microseconds since 1970 (apr_time.h).</summary>
internal static class AprTime
{
    public static long Of(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
