using CliWrap.Buffered;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using Yarp.ReverseProxy.Forwarder;

namespace RepoPortal.Tests.Fixtures;

/// <summary>The stock <c>svn</c> client before a bare forwarder that adds what the gateway adds, the key and the user's name, and decides nothing.</summary>
internal sealed class SvnThroughKey : IAsyncDisposable
{
    private readonly WebApplication _forwarder;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    private SvnThroughKey(NodeEndpoint endpoint, string user)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            // mod_dav_svn writes the path into the ETag as it is, in UTF-8; Latin-1 hands bytes on unchanged.
            kestrel.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        });
        builder.Services.AddHttpForwarder();
        _forwarder = builder.Build();
        var transform = new AddKey(endpoint, user);
        _forwarder.Run(async context => await context.RequestServices.GetRequiredService<IHttpForwarder>()
            .SendAsync(context, endpoint.Address.ToString(), _client, ForwarderRequestConfig.Empty, transform));
    }

    /// <summary>The address of a repository for svn.</summary>
    public string Url(string repository, string path = "") => $"{_forwarder.Urls.Single()}/repos/{repository}{path}";

    public static async Task<SvnThroughKey> StartAsync(NodeEndpoint endpoint, string user)
    {
        var svn = new SvnThroughKey(endpoint, user);
        await svn._forwarder.StartAsync();
        return svn;
    }

    /// <summary>Runs svn, which has to succeed.</summary>
    public Task<string> RunAsync(params string[] arguments) => Command.RunAsync("svn", ["--non-interactive", "--no-auth-cache", .. arguments]);

    /// <summary>Runs svn, whatever comes of it.</summary>
    public Task<BufferedCommandResult> TryAsync(params string[] arguments) => Command.TryAsync("svn", ["--non-interactive", "--no-auth-cache", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        await _forwarder.DisposeAsync();
        _client.Dispose();
    }

    private sealed class AddKey(NodeEndpoint endpoint, string user) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
            proxyRequest.RequestUri = new Uri(endpoint.Address, httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            proxyRequest.Headers.Add(NodeEndpoint.KeyHeader, endpoint.Key);
            proxyRequest.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:")));
        }
    }
}
