using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Gateway.Decisions;

/// <summary>Answers of the portal, remembered until a change is announced or the lease ends.</summary>
/// <remarks>
/// An entry stands in the table from the moment its load begins. So those who want the same key wait for one load, and a change that is announced meanwhile
/// takes the entry out: what was being loaded serves only those who asked before the change. Nothing is ever put in afterwards. "There is none" and
/// failures are not remembered, so nobody without a valid name or token can fill the table.
/// </remarks>
internal sealed class SnapshotCache<TKey, TValue>(int capacity, SnapshotLease lease, Func<TKey, Task<TValue?>> load)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    /// <summary>The number of entries, for tests and metrics.</summary>
    internal int Count => _entries.Count;

    /// <summary>The answer if it is known already; asks nobody.</summary>
    internal bool TryGetWarm(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        value = _entries.TryGetValue(key, out var entry) && lease.Covers(entry.Term) ? entry.Value : null;
        return value is not null;
    }

    /// <summary>The answer, asked for when it is not known; null when there is none. Throws what the load throws.</summary>
    internal ValueTask<TValue?> Get(TKey key, CancellationToken cancellationToken) =>
        TryGetWarm(key, out var value) ? new ValueTask<TValue?>(value) : new ValueTask<TValue?>(Load(key).WaitAsync(cancellationToken));

    /// <summary>Forgets one answer.</summary>
    internal void Forget(TKey key) => _entries.TryRemove(key, out _);

    /// <summary>Forgets every answer that matches, and those still being loaded, since it is not known yet whether they do.</summary>
    internal void Forget(Predicate<TValue> matches)
    {
        foreach (var pair in _entries)
        {
            if (pair.Value.Value is not { } value || matches(value))
                _entries.TryRemove(pair);
        }
    }

    private Task<TValue?> Load(TKey key)
    {
        if (lease.CurrentTerm is not { } term)
            return load(key);
        var fresh = new Entry(term);
        while (true)
        {
            var entry = _entries.GetOrAdd(key, fresh);
            if (ReferenceEquals(entry, fresh))
                return Fill(key, fresh);
            if (entry.Term == term)
                return entry.Answer;
            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
    }

    private async Task<TValue?> Fill(TKey key, Entry entry)
    {
        MakeRoom();
        try
        {
            var value = await load(key);
            if (value is null)
                _entries.TryRemove(KeyValuePair.Create(key, entry));
            entry.SetResult(value);
            return value;
        }
        catch (Exception failure) // not handled here: passed on to everyone who waits
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            entry.SetException(failure);
            throw;
        }
    }

    // Random replacement: the order of a ConcurrentDictionary is that of its hash table.
    private void MakeRoom()
    {
        if (_entries.Count <= capacity)
            return;
        foreach (var pair in _entries.Take(1 + (capacity / 16)))
            _entries.TryRemove(pair);
    }

    private sealed class Entry(long term)
    {
        private readonly TaskCompletionSource<TValue?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal long Term { get; } = term;

        internal Task<TValue?> Answer => _answer.Task;

        /// <summary>The answer once it is there; null before, and when there is none.</summary>
        internal TValue? Value { get; private set; }

        internal void SetResult(TValue? value)
        {
            Value = value;
            _answer.SetResult(value);
        }

        internal void SetException(Exception failure)
        {
            _answer.SetException(failure);
            _ = _answer.Task.Exception; // observed: often nobody else waits
        }
    }
}
