using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>Opens pools of connections to storage nodes.</summary>
internal sealed class NodeConnections(NodeEndpoints endpoints, IOptions<GatewayOptions> options, TimeProvider time, ILogger<OutageHold> log)
{
    // Well below the keep-alive time of httpd, so that it is we who close.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A pool of its own, shared with nobody; closed by disposing it.</summary>
    internal HttpMessageInvoker Open(string node) => new(new OutageHold(node, endpoints, options.Value.OutageHold, time, log)
    {
        InnerHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = IdleTimeout,
            ConnectTimeout = ConnectTimeout,
        },
    });
}
