namespace RepoPortal.Gateway.Throttling;

/// <summary>
/// Makes the answer to a wrong token for a name come the later the more of them were tried from anywhere. It blocks nobody: a right token is
/// answered before any of this. Names without an account are treated alike.
/// </summary>
internal sealed class AccountPressure(TimeSpan window, TimeProvider time)
{
    private const int MaxRemembered = 50_000;
    private const int MaxWaiting = 2_000;
    private const int Free = 20;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly FailureLimit<string> _failures = new(int.MaxValue, window, MaxRemembered, time);
    private int _waiting;

    /// <summary>How long the answer to the next wrong token waits.</summary>
    internal TimeSpan DelayOf(string name) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, Math.Max(0, _failures.CountOf(name) - Free) * Step.Ticks));

    /// <summary>Counts a wrong token and waits before it is answered; with very many waiting already, nobody waits any more.</summary>
    internal async Task Fail(string name, CancellationToken cancellationToken)
    {
        var delay = DelayOf(name);
        _failures.Add(name);
        if (delay <= TimeSpan.Zero)
            return;
        try
        {
            if (Interlocked.Increment(ref _waiting) <= MaxWaiting)
                await Task.Delay(delay, time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
