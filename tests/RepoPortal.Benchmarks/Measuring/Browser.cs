using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace RepoPortal.Benchmarks.Measuring;

/// <summary>Somebody who fetches pages and runs no scripts.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _client;

    private Browser(HttpClient client) => _client = client;

    /// <summary>Somebody who has not signed in.</summary>
    public static Browser Visit(Uri address) => new(new HttpClient { BaseAddress = address });

    public static async Task<Browser> SignInAsync(Uri address, string user, string password)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        var form = await client.GetStringAsync("sign-in");
        var fields = HiddenField().Matches(form).DistinctBy(match => match.Groups["name"].Value).ToDictionary(
            match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value), StringComparer.Ordinal);
        fields["user"] = user;
        fields["password"] = password;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync("sign-in", content);
        answer.EnsureSuccessStatusCode();
        return new Browser(client);
    }

    /// <summary>Fetches a page, all of it.</summary>
    public async Task GetAsync(string page)
    {
        using var answer = await _client.GetAsync(page);
        answer.EnsureSuccessStatusCode();
        if (answer.RequestMessage!.RequestUri!.AbsolutePath.Contains("sign-in", StringComparison.Ordinal))
            throw new InvalidOperationException("The page asked to sign in, so nothing was measured.");
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Asks for a page that it has, with the tag that the page came with.</summary>
    /// <param name="page">The page.</param>
    /// <param name="tag">Its entity tag; null to get the page. It ends with the minute, so that the page is sent now and then.</param>
    /// <returns>The tag to ask with the next time.</returns>
    public async Task<EntityTagHeaderValue?> GetAgainAsync(string page, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        if (tag is not null)
            request.Headers.IfNoneMatch.Add(tag);
        using var answer = await _client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotModified)
            return tag;
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return answer.Headers.ETag;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
