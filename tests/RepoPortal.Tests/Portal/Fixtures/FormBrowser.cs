using System.Net;
using System.Text.RegularExpressions;
using RepoPortal.Contracts.People;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>A browser without a script, as far as forms and cookies go: reads a page, sends its form, follows nothing.</summary>
internal sealed partial class FormBrowser(PortalHost portal) : IDisposable
{
    public HttpClient Http { get; } =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = portal.Address };

    /// <summary>The page's status and text.</summary>
    public async Task<(HttpStatusCode Status, string Text)> ReadAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the form of that name on the page at <paramref name="path"/>.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string form, params (string Field, string Value)[] fields)
    {
        var (_, page) = await ReadAsync(path);
        using var content = new FormUrlEncodedContent(
        [
            new("_handler", form),
            new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups["token"].Value),
            .. fields.Select(field => KeyValuePair.Create(field.Field, field.Value)),
        ]);
        return await Http.PostAsync(path, content);
    }

    /// <summary>Where the form sent the browser; null when it was refused. <c>/</c> stands for the front page.</summary>
    public async Task<string?> SubmitAsync(string path, string form, params (string Field, string Value)[] fields)
    {
        using var response = await SendAsync(path, form, fields);
        return response.Headers.Location is { } location ? new Uri(portal.Address, location).PathAndQuery : null;
    }

    public Task<string?> SignInAsync(string user, string password = TestPerson.Password) =>
        SubmitAsync("/sign-in", "sign-in", ("user", user), ("password", password));

    public Task<string?> SignInAsync(UserName user) => SignInAsync(user.Value);

    /// <summary>Signs out by the form of the account menu.</summary>
    public async Task SignOutAsync()
    {
        var (_, page) = await ReadAsync("/account");
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups["token"].Value)]);
        using var response = await Http.PostAsync("/sign-out", content);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AntiforgeryToken();
}
