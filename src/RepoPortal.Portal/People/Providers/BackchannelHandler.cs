namespace RepoPortal.Portal.People.Providers;

/// <summary>Carries what this site asks providers itself. One that answers with an error of its own (5xx) is away, rather than somebody whose answer is not genuine.</summary>
internal sealed class BackchannelHandler() : DelegatingHandler(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode < 500)
            return response;
        using (response)
            throw new HttpRequestException($"'{request.RequestUri}' answers {(int)response.StatusCode}", inner: null, response.StatusCode);
    }
}
