using System.Net;
using System.Text.RegularExpressions;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>A repository searched on the web by whoever may and whoever may not: what is hidden is not found, and nothing says that there is something.</summary>
public sealed partial class SearchOnTheWeb(WebContentServer shared) : IClassFixture<WebContentServer>
{
    private const string Top = "/r/atlas/search";

    // As long as what is hidden, and nowhere.
    private const string Nowhere = "QYLOPHONE";

    [Fact]
    public async Task The_owner_finds_it_all()
    {
        // Otherwise the tests below would pass on pages that find nothing.
        using var web = await shared.OpenAsync("owner");
        var files = await FindAsync(web, "?q=xylophone");
        Assert.Contains("/r/atlas/tree/trunk/secret/blueprint.txt#L1", files, StringComparison.Ordinal);
        Assert.Contains("<mark>XYLOPHONE</mark>", files, StringComparison.Ordinal);
        Assert.Contains("trunk/secret/<mark>blueprint</mark>.txt", await FindAsync(web, "?q=blueprint"), StringComparison.Ordinal);
        var messages = await FindAsync(web, "?q=xylophone+everything&in=messages");
        Assert.Contains("<mark>Everything</mark>, the <mark>XYLOPHONE</mark> too", messages, StringComparison.Ordinal);
        Assert.Contains("/r/atlas/rev/2", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limited-reader", "XYLOPHONE")]
    [InlineData("limited-reader", "blueprint")]
    [InlineData("limited-reader", "secret")]
    [InlineData("path-reader", "XYLOPHONE")]
    [InlineData("path-reader", "secret")]
    [InlineData("path-reader", "seas")]
    public async Task What_is_hidden_is_answered_as_what_is_not_there(string who, string word)
    {
        using var owner = await shared.OpenAsync("owner");
        await FindAsync(owner, $"?q={word}");
        using var web = await shared.OpenAsync(who);
        foreach (var rest in (string[])["", "&in=messages", "&after=/trunk/s", "&in=messages&after=3"])
        {
            var hidden = await FindAsync(web, $"?q={word}{rest}");
            var nowhere = await FindAsync(web, $"?q={Nowhere}{rest}");
            Assert.Equal(nowhere.Replace(Nowhere, "WORD", StringComparison.Ordinal), hidden.Replace(word, "WORD", StringComparison.Ordinal));
            Assert.Contains("Nothing found", hidden, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_open_is_found_and_nothing_else()
    {
        using var limited = await shared.OpenAsync("limited-reader");
        var found = await FindAsync(limited, "?q=readme");
        Assert.Contains("/r/atlas/tree/trunk/README.md", found, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", found, StringComparison.Ordinal);
        Assert.Contains("The <mark>docs</mark> as they were", await FindAsync(limited, "?q=docs&in=messages"), StringComparison.Ordinal);

        using var path = await shared.OpenAsync("path-reader");
        found = await FindAsync(path, "?q=guide");
        Assert.Contains("/r/atlas/tree/trunk/docs/guide.md#L1", found, StringComparison.Ordinal);
        Assert.DoesNotContain("README.md", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anonymous", HttpStatusCode.NotFound)]
    [InlineData("stranger", HttpStatusCode.NotFound)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Whoever_has_no_access_to_the_content_finds_nothing(string who, HttpStatusCode expected)
    {
        using var web = await shared.OpenAsync(who);
        foreach (var query in (string[])["?q=docs", "?q=docs&in=messages", ""])
        {
            var (status, page) = await web.ReadAsync(Top + query);
            Assert.Equal(expected, status);
            Assert.DoesNotContain("<mark>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("guide", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK, "What are you looking for?")]
    [InlineData("?q=+", HttpStatusCode.OK, "What are you looking for?")]
    [InlineData("?q=%3F%21", HttpStatusCode.BadRequest, "Give at least one letter or digit")]
    [InlineData("?q=%00%01%1b", HttpStatusCode.BadRequest, "Give at least one letter or digit")]
    [InlineData("?q=%ff%fe", HttpStatusCode.OK, "Nothing found")]
    [InlineData("?q=a&after=%00", HttpStatusCode.OK, "Files")]
    [InlineData("?q=a&in=messages&after=-99999999999999999999", HttpStatusCode.OK, "Commits")]
    [InlineData("?q=%22+OR+1%3D1+--+%27&in=nonsense", HttpStatusCode.OK, "Nothing found")]
    [InlineData("?q=%3Cscript%3Ealert(1)%3C/script%3E", HttpStatusCode.OK, "&lt;script&gt;")]
    public async Task Whatever_is_typed_gets_an_answer(string query, HttpStatusCode expected, string words)
    {
        using var web = await shared.OpenAsync("owner");
        var (status, page) = await web.ReadAsync(Top + query);
        Assert.Equal(expected, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_of_4000_characters_is_too_long()
    {
        using var web = await shared.OpenAsync("owner");
        var (status, page) = await web.ReadAsync($"{Top}?q={new string('x', 4000)}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Look for something shorter", page, StringComparison.Ordinal);
    }

    // What stands on the page, once everything is indexed.
    private static async Task<string> FindAsync(WebSession web, string query)
    {
        var main = "";
        await Eventually.TrueAsync(async () =>
        {
            var (status, page) = await web.ReadAsync(Top + query);
            Assert.Equal(HttpStatusCode.OK, status);
            main = MainElement().Match(page).Value;
            return main.Length > 0 && !main.Contains("is being indexed", StringComparison.Ordinal);
        }, TimeSpan.FromSeconds(30));
        return main;
    }

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MainElement();
}
