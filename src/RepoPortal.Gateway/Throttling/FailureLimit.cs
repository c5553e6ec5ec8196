namespace RepoPortal.Gateway.Throttling;

/// <summary>Counts failures per key in windows that begin with a key's first failure.</summary>
/// <remarks>
/// All windows are of the same length, so they end in the order they began: a queue is enough to forget them, and the oldest makes room when the table is full.
/// System.Threading.RateLimiting is not used because its partitions are unbounded in number and it keeps its own clock.
/// </remarks>
internal sealed class FailureLimit<TKey>(int limit, TimeSpan window, int capacity, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Window> _windows = [];
    private readonly Queue<TKey> _oldestFirst = new();

    /// <summary>How long the key has to wait; null when it has failures left.</summary>
    internal TimeSpan? WaitOf(TKey key)
    {
        lock (_lock)
        {
            Forget();
            return _windows.TryGetValue(key, out var current) && current.Failures >= limit ? window - time.GetElapsedTime(current.Start) : null;
        }
    }

    /// <summary>The failures in the key's present window.</summary>
    internal int CountOf(TKey key)
    {
        lock (_lock)
        {
            Forget();
            return _windows.TryGetValue(key, out var current) ? current.Failures : 0;
        }
    }

    /// <summary>Counts a failure.</summary>
    internal void Add(TKey key)
    {
        lock (_lock)
        {
            Forget();
            if (_windows.TryGetValue(key, out var current))
            {
                current.Failures++;
                return;
            }

            if (_windows.Count >= capacity)
                _windows.Remove(_oldestFirst.Dequeue());
            _windows.Add(key, new Window(time.GetTimestamp()) { Failures = 1 });
            _oldestFirst.Enqueue(key);
        }
    }

    private void Forget()
    {
        while (_oldestFirst.TryPeek(out var oldest) && time.GetElapsedTime(_windows[oldest].Start) >= window)
            _windows.Remove(_oldestFirst.Dequeue());
    }

    private sealed class Window(long start)
    {
        internal long Start { get; } = start;

        internal int Failures { get; set; }
    }
}
