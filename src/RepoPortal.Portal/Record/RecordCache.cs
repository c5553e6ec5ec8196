using Microsoft.Extensions.Caching.Memory;

namespace RepoPortal.Portal.Record;

/// <summary>
/// What was read from the record, kept for as long as nothing in the record changes: never older than the request that asks for it. A page asks the same of
/// the record many times over, and most of the time between two pages nothing is written.
/// </summary>
internal sealed class RecordCache(IRecordVersion version) : IDisposable
{
    // Entries, whatever is in them: a repository with some hundred people takes a few hundred kilobytes.
    private const int Most = 2000;

    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>What <paramref name="read"/> gives now, read or remembered. Many get the same object, so nobody may change it.</summary>
    /// <param name="key">What is read; a type of its own for each kind of answer.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<T> GetAsync<T>(object key, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        // Before it is read: what is committed meanwhile is then read again next time, and never missed.
        var present = await version.ReadAsync(cancellationToken);
        if (_entries.TryGetValue(key, out Entry<T>? known) && known!.Version == present)
            return known.Value;
        var value = await read();
        _entries.Set(key, new Entry<T>(present, value), new MemoryCacheEntryOptions { Size = 1 });
        return value;
    }

    public void Dispose() => _entries.Dispose();

    private sealed record Entry<T>(string Version, T Value);
}
