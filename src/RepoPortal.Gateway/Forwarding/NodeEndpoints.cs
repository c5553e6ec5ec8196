using System.Collections.Concurrent;
using Orleans;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>Where each storage node's httpd listens, asked again now and then and whenever it does not.</summary>
internal sealed class NodeEndpoints(IGrainFactory grains, TimeProvider time)
{
    // httpd may be restarted with another key; nobody announces that.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The node's endpoint. Throws what the grain's call throws.</summary>
    internal ValueTask<NodeEndpoint> Find(string node, CancellationToken cancellationToken) =>
        _known.TryGetValue(node, out var known) && time.GetElapsedTime(known.At) < Remembered
            ? new ValueTask<NodeEndpoint>(known.Endpoint)
            : new ValueTask<NodeEndpoint>(Ask(node, cancellationToken));

    /// <summary>The node did not answer there.</summary>
    internal void Forget(string node) => _known.TryRemove(node, out _);

    private async Task<NodeEndpoint> Ask(string node, CancellationToken cancellationToken)
    {
        var endpoint = await grains.GetGrain<IStorageNodeGrain>(node).GetEndpoint(cancellationToken);
        _known[node] = new Known(endpoint, time.GetTimestamp());
        return endpoint;
    }

    private sealed record Known(NodeEndpoint Endpoint, long At);
}
