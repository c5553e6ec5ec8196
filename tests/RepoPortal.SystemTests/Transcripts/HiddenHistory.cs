using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;
using RepoPortal.SystemTests.Pages;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>The pages of what changed tell nobody of a path that is hidden from them, whichever address they type.</summary>
public sealed partial class HiddenHistory(PathRulesServer shared, Chromium chromium) : IClassFixture<PathRulesServer>, IClassFixture<Chromium>
{
    private static readonly string[] Pages =
    [
        "log/", "log/trunk", "log/trunk/open", "log/trunk/open/readme.txt", "log/branches/plain", "log/?text=vault", "log/?text=blueprint&author=owner", "log/trunk/vault",
        "log/trunk/vault/blueprint.txt?rev=4", "log/trunk/./vault", "log/trunk%2Fvault",
        "rev/2", "rev/3", "rev/4", "rev/5", "rev/6", "rev/7", "rev/4?path=/trunk/vault/blueprint.txt", "rev/3?path=/trunk/vault", "rev/4?path=//trunk/vault/blueprint.txt", "rev/4?view=split", "rev/4?skip=1",
        "rev/2.patch", "rev/3.patch", "rev/4.patch", "rev/6.patch",
        "compare?from=trunk@2&to=trunk@5", "compare?from=trunk@3&to=branches/plain/open", "compare?from=trunk/vault@3&to=trunk/vault@4",
        "compare?from=trunk/open/readme.txt@4&to=trunk/vault/blueprint.txt@4", "compare?from=@3&to=@4",
        "blame/trunk/vault/blueprint.txt", "blame/trunk/vault/blueprint.txt?rev=3", "blame/trunk/open/readme.txt", "blame/trunk/open/readme.txt?rev=4",
        "feed.atom", "feed.atom?path=trunk", "feed.atom?path=/trunk/open/", "feed.atom?path=branches/plain", "feed.atom?path=trunk/vault", "feed.atom?path=trunk/vault/blueprint.txt", "feed.atom?path=trunk/./vault",
        "branches", "branches?show=tags", "branches/trunk/vault", "branches?filter=a", "branches/trunk%2Fvault", "branches/../vault", "branches?page=2",
        "blame/trunk/open/readme.txt?merged=true", "blame/trunk/vault/blueprint.txt?merged=true", "blame/branches/plain/open/readme.txt?merged=1",
        "rev/3/message", "rev/4/message", "rev/99/message", "rev/x/message", "locks", "unlock/trunk/vault/blueprint.txt", "unlock/trunk/vault", "unlock/trunk%2Fvault/blueprint.txt", "unlock/trunk/open/readme.txt",
    ];

    [Theory]
    [InlineData("limited-writer")]
    [InlineData("limited-reader")]
    [InlineData("path-reader")]
    [InlineData("anonymous")]
    [InlineData("admin")]
    [InlineData("stranger")]
    public async Task Tells_nothing_that_is_hidden(string who)
    {
        await using var context = await VisitAsync(who);
        foreach (var page in Pages)
        {
            var (status, body) = await ReadAsync(context, page);
            Assert.True(status is 200 or 400 or 401 or 403 or 404, $"{page}: {status}");
            // What was typed may be said again, and nothing else.
            foreach (var secret in PathRulesServer.Secrets.Where(secret => !page.Contains(secret, StringComparison.Ordinal)))
                Assert.False(body.Contains(secret, StringComparison.Ordinal), $"{page} tells {who} '{secret}':\n{body}");
            Assert.DoesNotContain("XYLOPHONE", body, StringComparison.Ordinal);
            Assert.DoesNotContain("The blueprint is in", body, StringComparison.Ordinal);
            Assert.DoesNotContain("another blueprint", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_owner_sees_all_of_it()
    {
        // Otherwise the test above would pass on pages that show nothing.
        await using var context = await VisitAsync("owner");
        foreach (var (page, text) in ((string, string)[])[
            ("log/", "The blueprint is in the vault"), ("log/trunk/vault/blueprint.txt", "A readme, and another blueprint"), ("rev/4", "XYLOPHONE two"),
            ("rev/4?path=/trunk/vault/blueprint.txt&view=split", "XYLOPHONE"), ("rev/4.patch", "+XYLOPHONE two"), ("rev/3.patch", "Added: note"),
            ("compare?from=trunk@2&to=trunk@5", "vault/blueprint.txt"), ("blame/trunk/vault/blueprint.txt", "XYLOPHONE two"), ("blame/trunk/open/readme.txt", "A better readme"),
            ("feed.atom?path=trunk/vault", "The blueprint is in the vault"), ("feed.atom?path=/trunk/open/readme.txt", "A readme, and another blueprint")])
        {
            var (status, body) = await ReadAsync(context, page);
            Assert.True(status == 200 && body.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal).Contains(text, StringComparison.Ordinal), $"{page} ({status}):\n{body}");
        }
    }

    [Theory]
    [InlineData("path-reader", "rev/4", "open/readme.txt")]
    [InlineData("path-reader", "log/trunk/open", "A better readme")]
    [InlineData("path-reader", "blame/trunk/open/readme.txt", "open two")]
    [InlineData("anonymous", "log/trunk/open/public", "not shown")]
    [InlineData("anonymous", "rev/4", "news.txt")]
    [InlineData("limited-reader", "rev/4", "open one")]
    [InlineData("limited-reader", "compare?from=trunk@4&to=trunk@5", "open two")]
    [InlineData("stranger", "rev/4", "news.txt")]
    [InlineData("path-reader", "feed.atom?path=trunk/open", "A better readme")]
    [InlineData("limited-reader", "feed.atom?path=trunk/open", "not shown")]
    [InlineData("limited-reader", "feed.atom?path=trunk/nothing", "There is no such path")]
    [InlineData("limited-reader", "branches", "/tree/branches/plain")]
    [InlineData("limited-reader", "branches/nothing", "is not there")]
    [InlineData("limited-reader", "branches?filter=nothing", "No name has that")]
    [InlineData("limited-reader", "unlock/trunk/open/readme.txt", "Nobody holds a lock")]
    [InlineData("limited-reader", "rev/5/message", "Only whoever committed a revision")]
    [InlineData("limited-writer", "rev/4/message", "The message is not open to you")]
    [InlineData("limited-reader", "rev/99", "There is no revision 99")]
    [InlineData("limited-reader", "compare?from=trunk@x&to=trunk", "is not a revision")]
    [InlineData("limited-reader", "log/trunk/nothing", "is not there")]
    public async Task Tells_what_is_open(string who, string page, string text)
    {
        await using var context = await VisitAsync(who);
        var (_, body) = await ReadAsync(context, page);
        Assert.True(body.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal).Contains(text, StringComparison.Ordinal), $"{page}:\n{body}");
    }

    [Theory]
    [InlineData("limited-writer", 3, 404)]
    [InlineData("limited-writer", 4, 403)]
    [InlineData("limited-writer", 5, 403)]
    [InlineData("limited-reader", 3, 404)]
    [InlineData("stranger", 4, 403)]
    public async Task Nobody_corrects_a_message_that_is_not_theirs_or_not_open_to_them(string who, int revision, int expected)
    {
        using var api = new Api(shared.Server.Address, shared.Token(who));
        var (status, answer) = await api.SendAsync(HttpMethod.Put, $"repositories/lab/revisions/{revision}/message", new { message = "taken over" });
        var text = answer.ToString();
        Assert.True((int)status == expected, $"{status}: {text}");
        Assert.All(PathRulesServer.Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("limited-reader", "new commits<")]
    [InlineData("owner", "This is your first visit")]
    public async Task The_home_page_sums_up_no_more_than_the_log_tells(string who, string text)
    {
        await using var context = await VisitAsync(who);
        if (who != "owner")
            await shared.Server.SqlAsync($"UPDATE Users SET LastVisitAt = 0 WHERE UserName = '{who}'");
        var answer = await context.APIRequest.GetAsync("/");
        var body = await answer.TextAsync();
        Assert.True(answer.Status == 200 && body.Contains(text, StringComparison.Ordinal), body);
        foreach (var secret in PathRulesServer.Secrets.Append("XYLOPHONE"))
            Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feed_that_a_log_names_can_be_read_by_whoever_has_its_address_and_shows_what_its_person_may_see()
    {
        string address;
        await using (var context = await VisitAsync("limited-reader"))
        {
            var (_, log) = await ReadAsync(context, "log/trunk/open");
            address = WebUtility.HtmlDecode(FeedAddress().Match(log).Groups["address"].Value);
        }

        Assert.Contains("path=%2Ftrunk%2Fopen&key=", address, StringComparison.Ordinal);
        using var reader = new HttpClient { BaseAddress = shared.Server.Address };
        var feed = XDocument.Parse(await reader.GetStringAsync(address)).Root!;
        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal("Commits to /trunk/open in lab", feed.Element(atom + "title")!.Value);
        var links = feed.Elements(atom + "link").ToDictionary(link => link.Attribute("rel")!.Value, link => link.Attribute("href")!.Value, StringComparer.Ordinal);
        Assert.EndsWith("/r/lab/log/trunk/open", links["alternate"], StringComparison.Ordinal);
        Assert.EndsWith(address, links["self"], StringComparison.Ordinal);
        var entry = Assert.Single(feed.Elements(atom + "entry"), found => found.Element(atom + "id")!.Value.EndsWith("#r5", StringComparison.Ordinal));
        Assert.Contains("A better readme", entry.Element(atom + "title")!.Value, StringComparison.Ordinal);

        using var hidden = await reader.GetAsync(address.Replace("open", "vault", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var without = await reader.GetAsync(address[..address.IndexOf("&key", StringComparison.Ordinal)]);
        Assert.DoesNotContain("A better readme", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_address_of_the_history_leads_to_the_log()
    {
        await using var context = await VisitAsync("limited-reader");
        var answer = await context.APIRequest.GetAsync("/r/lab/history");
        Assert.EndsWith("/r/lab/log/", answer.Url, StringComparison.Ordinal);
    }

    private async Task<IBrowserContext> VisitAsync(string who)
    {
        var context = await chromium.VisitAsync(shared.Server.Address);
        if (who != "anonymous")
            await new PortalVisitor(await context.NewPageAsync()).SignInAsync(who);
        return context;
    }

    private static async Task<(int Status, string Body)> ReadAsync(IBrowserContext context, string page)
    {
        var answer = await context.APIRequest.GetAsync($"/r/lab/{page}");
        return (answer.Status, await answer.TextAsync());
    }

    [GeneratedRegex("href=\"(?<address>[^\"]*feed\\.atom[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FeedAddress();
}
