using System.Net;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Asks httpd whether it is there.</summary>
internal sealed class HttpdProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A connection for each question: one that was kept would say nothing about whether new ones are accepted.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Patience })
    {
        Timeout = Patience,
        DefaultRequestHeaders = { ConnectionClose = true },
    };

    /// <summary>True when something listens there that, like our httpd, forbids a request without the key. The key is not sent: whoever listens need not be ours.</summary>
    public async Task<bool> AnswersAsync(NodeEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(endpoint.Address, cancellationToken);
            return response.StatusCode == HttpStatusCode.Forbidden;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();
}
