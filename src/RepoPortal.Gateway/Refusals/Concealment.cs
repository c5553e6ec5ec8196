namespace RepoPortal.Gateway.Refusals;

/// <summary>
/// Evens out when the two answers come that hide whether a repository exists. One that is known here is refused in microseconds, a name that the portal has to be
/// asked for in a millisecond or so; both answers go out at the next full quantum after the request began.
/// </summary>
internal sealed class Concealment(TimeProvider time)
{
    // Longer than the portal needs for a look, as good as always; short for a person, and for svn, whose first request of a session comes without credentials.
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(10);

    /// <summary>The moment a request came, for <see cref="Even"/>.</summary>
    internal long Begin() => time.GetTimestamp();

    /// <summary>Waits if the refusal is one of the two.</summary>
    /// <param name="refusal">What the request is answered with.</param>
    /// <param name="begun">What <see cref="Begin"/> said when it came.</param>
    /// <param name="cancellationToken">The client has left.</param>
    internal Task Even(Refusal refusal, long begun, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(refusal, Refusal.NoSuchRepository) && !ReferenceEquals(refusal, Refusal.SignIn))
            return Task.CompletedTask;
        var late = time.GetElapsedTime(begun).Ticks % Quantum.Ticks;
        return Task.Delay(TimeSpan.FromTicks(Quantum.Ticks - late), time, cancellationToken);
    }
}
