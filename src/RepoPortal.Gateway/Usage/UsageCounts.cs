using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Usage;
using RepoPortal.Gateway.Decisions;

namespace RepoPortal.Gateway.Usage;

/// <summary>Adds up who used what since the portal was last told.</summary>
/// <remarks>One lock around two tables: an addition takes well below a microsecond. When a table is full, new keys are counted as lost and nothing else.</remarks>
internal sealed class UsageCounts(int capacity = UsageCounts.Capacity)
{
    internal const int Capacity = 200_000;

    private readonly Lock _lock = new();
    private Dictionary<UseKey, Tally> _uses = [];
    private Dictionary<(Guid Token, IPAddress Address), DateTimeOffset> _tokens = [];
    private long _lost;

    /// <summary>How many requests were not counted because too much was waiting to be told.</summary>
    internal long Lost => Volatile.Read(ref _lost);

    /// <summary>Counts a request that was answered.</summary>
    internal void Add(RepositoryId repository, UserName? user, RequestedAccess access, long sent, long received, DateTimeOffset at)
    {
        var tally = new Tally { LastAt = at, BytesSent = sent, BytesReceived = received };
        if (access == RequestedAccess.Read)
            tally.Reads = 1;
        else
            tally.Writes = 1;
        lock (_lock)
            Add(new UseKey(repository, user, DateOnly.FromDateTime(at.UtcDateTime)), tally);
    }

    /// <summary>Remembers that a token was used.</summary>
    internal void Add(Guid token, IPAddress address, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_tokens.Count >= capacity && !_tokens.ContainsKey((token, address)))
                return;
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_tokens, (token, address), out _);
            if (last < at)
                last = at;
        }
    }

    /// <summary>Hands out everything counted so far and begins anew; null when there is nothing.</summary>
    internal UsageBatch? Take()
    {
        Dictionary<UseKey, Tally> uses;
        Dictionary<(Guid Token, IPAddress Address), DateTimeOffset> tokens;
        lock (_lock)
        {
            if (_uses.Count + _tokens.Count == 0)
                return null;
            (uses, _uses) = (_uses, []);
            (tokens, _tokens) = (_tokens, []);
        }

        return new UsageBatch(
            [.. uses.Select(use => new UseCount(
                use.Key.Repository, use.Key.User, use.Key.Day, use.Value.Reads, use.Value.Writes, use.Value.BytesSent, use.Value.BytesReceived, use.Value.LastAt))],
            [.. tokens.Select(use => new TokenUse(use.Key.Token, TextOf(use.Key.Address), use.Value))]);
    }

    /// <summary>Puts back what could not be told.</summary>
    internal void PutBack(UsageBatch batch)
    {
        lock (_lock)
        {
            foreach (var use in batch.Uses)
            {
                Add(
                    new UseKey(use.Repository, use.User, use.Day),
                    new Tally { Reads = use.Reads, Writes = use.Writes, BytesSent = use.BytesSent, BytesReceived = use.BytesReceived, LastAt = use.LastAt });
            }
        }

        foreach (var use in batch.Tokens)
            Add(use.TokenId, IPAddress.Parse(use.Address), use.LastAt);
    }

    private void Add(UseKey key, Tally more)
    {
        if (_uses.Count >= capacity && !_uses.ContainsKey(key))
        {
            _lost += more.Reads + more.Writes;
            return;
        }

        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, key, out _);
        tally.Reads += more.Reads;
        tally.Writes += more.Writes;
        tally.BytesSent += more.BytesSent;
        tally.BytesReceived += more.BytesReceived;
        if (tally.LastAt < more.LastAt)
            tally.LastAt = more.LastAt;
    }

    private static string TextOf(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private readonly record struct UseKey(RepositoryId Repository, UserName? User, DateOnly Day);

    private struct Tally
    {
        internal long Reads;
        internal long Writes;
        internal long BytesSent;
        internal long BytesReceived;
        internal DateTimeOffset LastAt;
    }
}
