using RepoPortal.Contracts.Access;

namespace RepoPortal.Gateway.Decisions;

/// <summary>Says whether changes of access still reach this gateway, and so whether what it remembers may be trusted.</summary>
/// <remarks>A term is an unbroken stretch of subscription. What was loaded in an earlier term may have missed a change and is never used again.</remarks>
internal sealed class SnapshotLease(TimeProvider time)
{
    // The broadcast counts from when it received the subscription, we from before it was sent; the second is for clocks that run differently.
    private static readonly TimeSpan Trusted = AccessLease.Duration - TimeSpan.FromSeconds(1);

    private long _term;
    private long _end = long.MinValue;

    /// <summary>The term that new snapshots belong to; null while nothing may be remembered.</summary>
    internal long? CurrentTerm
    {
        get
        {
            var term = Volatile.Read(ref _term);
            return Covers(term) ? term : null;
        }
    }

    /// <summary>True when a snapshot of that term may decide a request now.</summary>
    internal bool Covers(long term) => time.GetTimestamp() < Volatile.Read(ref _end) && term == Volatile.Read(ref _term);

    /// <summary>The broadcast has confirmed a subscription. Called by one caller at a time.</summary>
    /// <param name="sentAt">The <see cref="TimeProvider.GetTimestamp"/> taken before it was asked for.</param>
    internal void Renew(long sentAt)
    {
        if (time.GetTimestamp() >= Volatile.Read(ref _end))
            Interlocked.Increment(ref _term); // the broadcast may have given us up in between
        Volatile.Write(ref _end, sentAt + (long)(Trusted.TotalSeconds * time.TimestampFrequency));
    }
}
