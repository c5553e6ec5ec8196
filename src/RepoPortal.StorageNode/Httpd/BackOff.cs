namespace RepoPortal.StorageNode.Httpd;

/// <summary>How long to wait before the next start: 100 ms, doubled each time up to 30 s, from the beginning again after a minute without a start.</summary>
internal sealed class BackOff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;
    private long _last = time.GetTimestamp();

    /// <summary>The wait before the start that comes now.</summary>
    public TimeSpan Next()
    {
        if (time.GetElapsedTime(_last) > Calm)
            _next = First;
        _last = time.GetTimestamp();
        var delay = _next;
        _next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }
}
