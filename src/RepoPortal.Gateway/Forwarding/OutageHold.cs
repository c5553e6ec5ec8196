using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>Addresses requests to a node's httpd, and waits for it while it is being restarted instead of failing them.</summary>
internal sealed class OutageHold(string node, NodeEndpoints endpoints, TimeSpan limit, TimeProvider time, ILogger<OutageHold> log) : DelegatingHandler
{
    /// <summary>The raw path and query of a request, put upstream byte for byte.</summary>
    internal static readonly HttpRequestOptionsKey<string> PathAndQuery = new("repoportal.target");

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(250);
    private static readonly UriCreationOptions Untouched = new() { DangerousDisablePathAndQueryCanonicalization = true };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var repeated = false;
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                Address(request, await FindEndpoint(cancellationToken));
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError && time.GetElapsedTime(start) < limit)
            {
                // Nothing was sent, so nothing is done twice.
                log.LogDebug(failure, "storage node {Node} refuses connections; holding a {Method}", node, request.Method);
            }
            catch (HttpRequestException failure) when (!repeated && failure.HttpRequestError != HttpRequestError.ConnectionError && IsRepeatable(request))
            {
                repeated = true;
                log.LogDebug(failure, "storage node {Node} broke off; repeating a {Method}", node, request.Method);
            }

            endpoints.Forget(node);
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    // Once only: a request that brings httpd down would do so each time.
    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Content is null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options);

    private static void Address(HttpRequestMessage request, NodeEndpoint endpoint)
    {
        request.Options.TryGetValue(PathAndQuery, out var pathAndQuery);
        request.RequestUri = new Uri(endpoint.Address.GetLeftPart(UriPartial.Authority) + pathAndQuery, Untouched);
        request.Headers.Remove(NodeEndpoint.KeyHeader);
        request.Headers.TryAddWithoutValidation(NodeEndpoint.KeyHeader, endpoint.Key);
    }

    private async ValueTask<NodeEndpoint> FindEndpoint(CancellationToken cancellationToken)
    {
        try
        {
            return await endpoints.Find(node, cancellationToken);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or StorageException)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"storage node '{node}' does not say where it listens", failure);
        }
    }
}
