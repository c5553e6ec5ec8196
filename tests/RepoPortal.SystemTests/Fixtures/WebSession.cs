using System.Net;
using System.Text.RegularExpressions;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The pages as somebody's browser asks for them, without a browser: signed in by the form, redirects not followed, addresses sent as they are written.</summary>
public sealed partial class WebSession : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _server;

    private WebSession(Uri server)
    {
        _server = server;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server };
    }

    /// <summary>Signs in; <c>anonymous</c> does not.</summary>
    public static async Task<WebSession> OpenAsync(Uri server, string who)
    {
        var session = new WebSession(server);
        if (who == "anonymous")
            return session;
        var page = await session._client.GetStringAsync("sign-in");
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("user", who), new("password", RunningServer.Password),
            new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups["token"].Value),
        ]);
        using var answer = await session._client.PostAsync("sign-in", form);
        return answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.Redirect
            ? session
            : throw new InvalidOperationException($"{who} could not sign in: {answer.StatusCode}");
    }

    /// <summary>Asks for a path as it is written: escapes arrive as escapes.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        var request = new HttpRequestMessage(method, new Uri(_server.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        prepare?.Invoke(request);
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>The status and everything that came back, headers too.</summary>
    public async Task<(HttpStatusCode Status, string Text)> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        return (answer.StatusCode, answer.Headers + answer.Content.Headers.ToString() + await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AntiforgeryToken();
}
