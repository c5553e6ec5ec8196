namespace RepoPortal.Portal.People.SignIn;

/// <summary>Counts failures per key and says how long each key has to wait. Keeps the keys that failed last, and no more than <paramref name="capacity"/>.</summary>
/// <param name="free">How many failures are let pass before the first wait.</param>
/// <param name="capacity">The most keys remembered; the one that failed longest ago makes room.</param>
/// <param name="time">The clock.</param>
internal sealed class FailureCounts<TKey>(int free, int capacity, TimeProvider time)
    where TKey : notnull
{
    // A key that has not failed for so long starts anew.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _lastFailedLast = new();

    /// <summary>How long the key has to wait; null when it may try now.</summary>
    internal TimeSpan? WaitOf(TKey key)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(key, out var node) && node.Value.OpenAt - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? wait : null;
        }
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>True when the key has to wait from now on.</returns>
    internal bool Add(TKey key)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var failures = 1;
            if (_entries.Remove(key, out var known))
            {
                _lastFailedLast.Remove(known);
                if (now - known.Value.FailedAt < Memory)
                    failures += known.Value.Failures;
            }
            else if (_entries.Count >= capacity)
            {
                _entries.Remove(_lastFailedLast.First!.Value.Key);
                _lastFailedLast.RemoveFirst();
            }

            var delay = FailureDelay.After(failures, free);
            _entries.Add(key, _lastFailedLast.AddLast(new Entry(key, failures, now, now + delay)));
            return delay > TimeSpan.Zero;
        }
    }

    /// <summary>Forgets what the key did.</summary>
    internal void Forget(TKey key)
    {
        lock (_lock)
        {
            if (_entries.Remove(key, out var node))
                _lastFailedLast.Remove(node);
        }
    }

    private sealed record Entry(TKey Key, int Failures, DateTimeOffset FailedAt, DateTimeOffset OpenAt);
}
