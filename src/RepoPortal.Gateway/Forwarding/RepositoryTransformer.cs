using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway.Refusals;
using RepoPortal.Gateway.Targets;
using Yarp.ReverseProxy.Forwarder;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>What differs between a client's request and the one httpd gets, and between the two answers.</summary>
/// <param name="target">What goes upstream as the request line, byte for byte.</param>
/// <param name="user">Who it was decided for; null for anonymous.</param>
/// <param name="origin">Who we are to this client.</param>
/// <param name="destination">The rewritten <c>Destination</c>; null when there is none.</param>
internal sealed class RepositoryTransformer(RequestTarget target, UserName? user, ClientOrigin origin, string? destination) : HttpTransformer
{
    // Never used for connecting: OutageHold puts the node's address in its place.
    private static readonly Uri AnyNode = new("http://node/");

    // New-uri: mod_dav takes it for a Destination when there is none. Cookie: the portal's session is no business of a repository.
    private static readonly string[] NotForUpstream =
        [HeaderNames.Cookie, HeaderNames.Authorization, NodeEndpoint.KeyHeader, "Forwarded", "New-uri", HeaderNames.ProxyAuthorization];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = AnyNode;
        proxyRequest.Options.Set(OutageHold.PathAndQuery, target.PathAndQuery);
        var headers = proxyRequest.Headers;
        foreach (var name in NotForUpstream)
            headers.Remove(name);
        foreach (var (name, _) in httpContext.Request.Headers)
        {
            if (name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
                headers.Remove(name);
        }

        headers.TryAddWithoutValidation(HeaderNames.Authorization, BasicOf(user?.Value ?? UserName.AnonymousValue));
        if (destination is null)
            return;
        headers.Remove(DestinationHeader.Name);
        headers.TryAddWithoutValidation(DestinationHeader.Name, destination);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (user is null && proxyResponse.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            // A path that not everyone may read: somebody with a name perhaps may, so ask for one.
            await RefusalResponse.Write(httpContext, Refusal.SignIn);
            return false;
        }

        var copyBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        ContentIsolation.Apply(headers);
        headers.Remove(HeaderNames.SetCookie);
        Rewrite(headers, HeaderNames.Location);
        Rewrite(headers, HeaderNames.ContentLocation);
        return copyBody;
    }

    private void Rewrite(IHeaderDictionary headers, string name)
    {
        if (headers.TryGetValue(name, out var values) && values is [{ } location])
            headers[name] = LocationHeader.Rewrite(location, origin);
    }

    // mod_authn_anon accepts any password; the key is what lets the gateway in.
    private static string BasicOf(string user) => "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(user + ":-"));
}
