using System.Net;
using System.Net.Http.Headers;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>Pages that are kept, by the server for visitors and by browsers for their people: never longer than they are right, and never for anybody else.</summary>
public sealed class PagesKept(SharedServer shared) : IAsyncLifetime
{
    private readonly string _name = $"kept-{Guid.NewGuid():n}"[..20];
    private readonly Scratch _scratch = new();
    private SvnClient _svn = null!;

    private string Page => $"/r/{_name}/tree/trunk";

    private string Url => shared.Url(_name);

    public async ValueTask InitializeAsync()
    {
        await shared.StartedAsync();
        _svn = shared.Client(_scratch.Path, "mei");
        using var api = shared.Api("mei");
        await api.CreateReadyAsync(_name, "public");
        Directory.CreateDirectory(_scratch["tree/cellar"]);
        await File.WriteAllTextAsync(_scratch["tree/a.txt"], "a\n");
        await File.WriteAllTextAsync(_scratch["tree/cellar/b.txt"], "in the cellar\n");
        await File.WriteAllTextAsync(_scratch["tree/cellar%2Fb.txt"], "beside it\n");
        await _svn.RunAsync("import", "-q", "tree", $"{Url}/trunk", "-m", "The beginning");
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_page_is_the_one_that_would_be_made_now()
    {
        using var api = shared.Api("mei");
        using var visitor = await WebSession.OpenAsync(shared.Server.Address, "anonymous");
        var (tag, first) = await OpenAsync(visitor);
        Assert.Contains("The beginning", first, StringComparison.Ordinal);

        await _svn.RunAsync("mkdir", "-q", $"{Url}/trunk/later", "-m", "Something new");
        (tag, var page) = await ChangedAsync(visitor, tag);
        Assert.Contains("Something new", page, StringComparison.Ordinal);

        await _svn.RunAsync("lock", "-q", $"{Url}/trunk/a.txt", "-m", "while I test it");
        (tag, page) = await ChangedAsync(visitor, tag);
        Assert.Contains("while I test it", page, StringComparison.Ordinal);
        await _svn.RunAsync("unlock", "-q", $"{Url}/trunk/a.txt");
        (tag, page) = await ChangedAsync(visitor, tag);
        Assert.DoesNotContain("while I test it", page, StringComparison.Ordinal);

        await api.ExpectAsync(HttpMethod.Patch, $"repositories/{_name}", new { description = "Maps of the seas" });
        (tag, page) = await ChangedAsync(visitor, tag);
        Assert.Contains("Maps of the seas", page, StringComparison.Ordinal);

        await api.ExpectAsync(HttpMethod.Put, $"repositories/{_name}/rules", new { rules = new[] { new { path = "/trunk/cellar", who = "anyone", access = "none" } } });
        (tag, page) = await ChangedAsync(visitor, tag);
        Assert.DoesNotContain("tree/trunk/cellar\"", page, StringComparison.Ordinal);

        await api.ExpectAsync(HttpMethod.Patch, $"repositories/{_name}", new { visibility = "private" });
        using var gone = await visitor.SendAsync(HttpMethod.Get, Page, request => request.Headers.IfNoneMatch.Add(tag));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Null(gone.Headers.ETag);
    }

    [Fact]
    public async Task A_page_that_is_the_same_is_not_sent_again()
    {
        foreach (var who in (string[])["anonymous", "mei"])
        {
            using var session = await WebSession.OpenAsync(shared.Server.Address, who);
            await Eventually.TrueAsync(async () =>
            {
                // The record changes now and then by itself, and with each minute a page may say something else; then the tag does, too.
                var (tag, _) = await OpenAsync(session);
                using var again = await session.SendAsync(HttpMethod.Get, Page, request => request.Headers.IfNoneMatch.Add(tag));
                if (again.StatusCode != HttpStatusCode.NotModified)
                    return false;
                Assert.Equal(tag, again.Headers.ETag);
                Assert.Empty(await again.Content.ReadAsByteArrayAsync());
                return true;
            });
        }
    }

    [Fact]
    public async Task Nobody_gets_a_page_that_was_made_for_another()
    {
        using var owner = await WebSession.OpenAsync(shared.Server.Address, "mei");
        using var other = await WebSession.OpenAsync(shared.Server.Address, "jonas");
        using var visitor = await WebSession.OpenAsync(shared.Server.Address, "anonymous");
        var tags = new HashSet<EntityTagHeaderValue>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            foreach (var (session, name) in ((WebSession, string?)[])[(owner, "mei"), (visitor, null), (other, "jonas")])
            {
                var (tag, page) = await OpenAsync(session);
                tags.Add(tag);
                foreach (var person in (string[])["mei", "jonas"])
                    Assert.Equal(person == name, page.Contains($"Account of {person}", StringComparison.Ordinal));
                Assert.Equal(name is null, page.Contains("/sign-in", StringComparison.Ordinal));
                using var answer = await session.GetAsync(Page);
                Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true });
                Assert.False(name is null && answer.Headers.Contains("Set-Cookie"));
            }
        }

        Assert.True(tags.Count >= 3);
    }

    [Fact]
    public async Task Addresses_that_look_alike_lead_to_two_pages()
    {
        using var visitor = await WebSession.OpenAsync(shared.Server.Address, "anonymous");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Contains("in the cellar", (await visitor.ReadAsync($"{Page}/cellar%2Fb.txt")).Text, StringComparison.Ordinal);
            Assert.Contains("beside it", (await visitor.ReadAsync($"{Page}/cellar%252Fb.txt")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_in_other_colours_is_another_page()
    {
        using var visitor = await WebSession.OpenAsync(shared.Server.Address, "anonymous");
        var (_, light) = await OpenAsync(visitor);
        using var form = new FormUrlEncodedContent([new("theme", "dark"), new("return", Page)]);
        using var chosen = await visitor.SendAsync(HttpMethod.Post, "/theme", request => request.Content = form);
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        var (_, dark) = await OpenAsync(visitor);
        Assert.DoesNotContain("data-bs-theme=\"dark\"", light, StringComparison.Ordinal);
        Assert.Contains("data-bs-theme=\"dark\"", dark, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_compressed_unless_another_site_asks()
    {
        using var visitor = await WebSession.OpenAsync(shared.Server.Address, "anonymous");
        foreach (var (site, encoding) in ((string?, string?)[])[(null, "gzip"), ("same-origin", "gzip"), ("cross-site", null)])
        {
            using var answer = await visitor.SendAsync(HttpMethod.Get, Page, request =>
            {
                request.Headers.AcceptEncoding.ParseAdd("gzip");
                if (site is not null)
                    request.Headers.Add("Sec-Fetch-Site", site);
            });
            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        }

        // Ranges and strong tags of files are about their bytes as they are.
        using var raw = await visitor.SendAsync(HttpMethod.Get, $"/r/{_name}/raw/trunk/a.txt", request => request.Headers.AcceptEncoding.ParseAdd("gzip"));
        Assert.Empty(raw.Content.Headers.ContentEncoding);
    }

    private async Task<(EntityTagHeaderValue Tag, string Page)> OpenAsync(WebSession session)
    {
        using var answer = await session.GetAsync(Page);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.ETag!, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Asks with the tag of a page that is not right any more, at once.</summary>
    private async Task<(EntityTagHeaderValue Tag, string Page)> ChangedAsync(WebSession session, EntityTagHeaderValue tag)
    {
        using var answer = await session.SendAsync(HttpMethod.Get, Page, request => request.Headers.IfNoneMatch.Add(tag));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(tag, answer.Headers.ETag);
        return (answer.Headers.ETag!, await answer.Content.ReadAsStringAsync());
    }
}
