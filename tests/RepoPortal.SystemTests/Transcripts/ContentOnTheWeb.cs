using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>A repository read on the web: its directories, files, bytes and archives, by whoever may and whoever may not.</summary>
public sealed class ContentOnTheWeb(WebContentServer shared) : IClassFixture<WebContentServer>
{
    private const string Top = "/r/atlas";

    public static TheoryData<string> Names => [.. WebContentServer.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_name_has_a_page_and_its_bytes(string name)
    {
        using var web = await shared.OpenAsync("owner");
        var (status, page) = await web.ReadAsync($"{Top}/tree/trunk/{Uri.EscapeDataString(name)}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("content of ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        using var raw = await web.GetAsync($"{Top}/raw/trunk/{Uri.EscapeDataString(name)}");
        Assert.Equal($"content of {name}\n", await raw.Content.ReadAsStringAsync());
        Assert.Contains($"{Top}/tree/trunk/{Uri.EscapeDataString(name)}", (await web.ReadAsync($"{Top}/tree/trunk")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tree/trunk")]
    [InlineData("")]
    [InlineData("/tree/trunk?filter=secret")]
    [InlineData("/locks")]
    [InlineData("/tree/trunk?rev=2")]
    [InlineData("/tree/trunk/secret")]
    [InlineData("/tree/trunk/secret/blueprint.txt")]
    [InlineData("/find?q=e")]
    [InlineData("/find?in=/&q=e&rev=2")]
    [InlineData("/find?in=/trunk/docs")]
    [InlineData("/paths?in=/")]
    [InlineData("/paths?in=/&q=e&rev=2")]
    [InlineData("/tree/trunk/%73ecret/README.md?rev=2")]
    [InlineData("/tree/trunk//secret")]
    [InlineData("/tree/trunk/./secret/")]
    [InlineData("/tree/trunk/docs/../secret")]
    [InlineData("/tree/trunk%2Fsecret")]
    [InlineData("/tree/trunk/secret?rev=999")]
    [InlineData("/tree/trunk/secret/nothing")]
    [InlineData("/raw/trunk/secret/blueprint.txt")]
    [InlineData("/raw/trunk/secret/blueprint.txt?rev=2")]
    [InlineData("/raw/trunk/docs/%2e%2e/secret/blueprint.txt")]
    [InlineData("/archive/trunk/secret")]
    public async Task Whoever_is_kept_out_of_a_path_is_told_nothing_of_it(string path)
    {
        using var web = await shared.OpenAsync("limited-reader");
        var (status, answer) = await web.ReadAsync(Top + path);
        foreach (var secret in WebContentServer.Secrets.Where(secret => !Uri.UnescapeDataString(path).Contains(secret, StringComparison.Ordinal)))
            Assert.DoesNotContain(secret, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("XYLOPHONE", answer, StringComparison.Ordinal);
        if (Uri.UnescapeDataString(path).Split('?')[0].Contains("secret", StringComparison.Ordinal))
            Assert.Equal(HttpStatusCode.NotFound, status);
        // What is hidden and what is not there are answered alike.
        Assert.DoesNotContain("was deleted", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public async Task An_archive_has_what_its_reader_may_see_and_nothing_else(string format)
    {
        foreach (var (who, mayAll) in ((string, bool)[])[("owner", true), ("limited-reader", false)])
        {
            using var web = await shared.OpenAsync(who);
            using var answer = await web.GetAsync($"{Top}/archive/trunk?format={format}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var files = await ReadArchiveAsync(format, await answer.Content.ReadAsStreamAsync());
            Assert.Equal(mayAll, files.Keys.Any(path => path.Contains("secret", StringComparison.Ordinal)));
            var top = files.Keys.First().Split('/')[0];
            Assert.StartsWith("atlas-trunk-r", top, StringComparison.Ordinal);
            foreach (var name in WebContentServer.Names)
                Assert.Equal($"content of {name}\n", System.Text.Encoding.UTF8.GetString(files[$"{top}/{name}"].Content));
            Assert.Equal(shared.Content, files[$"{top}/big.bin"].Content);
            Assert.Equal(WebContentServer.ManyFiles, files.Keys.Count(path => path.StartsWith($"{top}/many/file-", StringComparison.Ordinal)));
            Assert.Equal("755", Convert.ToString(files[$"{top}/run.sh"].Mode & 0x1FF, 8));
            Assert.Equal("644", Convert.ToString(files[$"{top}/page.html"].Mode & 0x1FF, 8));
            Assert.Equal("docs/guide.md", files[$"{top}/link"].Link);
        }
    }

    [Fact]
    public async Task Nothing_that_is_opened_by_itself_acts_as_the_visitor()
    {
        using var web = await shared.OpenAsync("owner");
        foreach (var (file, type, disposition) in ((string, string, string)[])[
            ("page.html", "text/plain", "inline"), ("logo.svg", "image/svg+xml", "attachment"), ("README.md", "text/plain", "inline"), ("big.bin", "application/octet-stream", "attachment")])
        {
            using var answer = await web.GetAsync($"{Top}/raw/trunk/{file}");
            Assert.Equal((type, disposition), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
            Assert.StartsWith("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }

        // Colours are HTML that is made here from what somebody committed.
        foreach (var coloured in (string[])["tree", "blame"])
        {
            var code = (await web.ReadAsync($"{Top}/{coloured}/trunk/page.html")).Text;
            Assert.Contains("taken over", code, StringComparison.Ordinal);
            Assert.Contains("class=hg", code, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>document.title", code, StringComparison.Ordinal);
        }

        var page = (await web.ReadAsync($"{Top}/tree/trunk")).Text;
        Assert.Contains("Atlas of the seas", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert('README')", page, StringComparison.Ordinal);
        Assert.Contains($"{Top}/tree/trunk/docs/guide.md", page, StringComparison.Ordinal);
        Assert.Contains($"src=\"{Top}/raw/trunk/logo.svg\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_are_sent_in_parts_once_and_for_as_long_as_they_stay_the_same()
    {
        using var web = await shared.OpenAsync("owner");
        const string Path = $"{Top}/raw/trunk/big.bin";
        using var whole = await web.GetAsync(Path);
        Assert.Equal(shared.Content, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("private, no-cache", whole.Headers.CacheControl!.ToString().Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));
        var tag = whole.Headers.ETag!;
        Assert.False(tag.IsWeak);

        using var part = await web.SendAsync(HttpMethod.Get, Path, request => request.Headers.Range = new RangeHeaderValue(2_000_000, 2_000_999));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(shared.Content[2_000_000..2_001_000], await part.Content.ReadAsByteArrayAsync());

        using var same = await web.SendAsync(HttpMethod.Get, Path, request => request.Headers.IfNoneMatch.Add(tag));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        using var head = await web.SendAsync(HttpMethod.Head, Path);
        Assert.Equal((HttpStatusCode.OK, (long?)shared.Content.Length), (head.StatusCode, head.Content.Headers.ContentLength));

        using var pinned = await web.GetAsync($"{Path}?rev=2");
        Assert.Contains("immutable", pinned.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(pinned.Headers.CacheControl.Private);
    }

    [Theory]
    [InlineData("/tree/trunk/nothing", "There is no such path")]
    [InlineData("/log/trunk?rev={1999-01-01}", "is not there in")]
    [InlineData("/blame/trunk/docs/guide.md?rev={soon}", "Nothing here")]
    [InlineData("/tree/trunk@2", "/r/atlas/tree/trunk?rev=2")]
    [InlineData("/log/trunk@2", "/r/atlas/log/trunk?rev=2")]
    [InlineData("/tree/trunk/docs@/guide.md@1", "/r/atlas/tree/trunk/docs%40/guide.md?rev=1")]
    [InlineData("/tree/trunk/docs/nothing/at/all", "Go to docs")]
    [InlineData("/tree/trunk/gone.txt", "It was deleted in")]
    [InlineData("/tree/trunk?rev=999", "The youngest revision is")]
    [InlineData("/tree/trunk/docs?rev=0", "There is no such path")]
    [InlineData("/tree/trunk?rev=abc", "is no revision")]
    [InlineData("/tree/trunk/..", "Nothing here")]
    [InlineData("/tree/trunk/%01", "Nothing here")]
    [InlineData("/tree/trunk/%ff", "Nothing here")]
    [InlineData("/tree/trunk?rev={1999-01-01}", "There is no such path")]
    public async Task What_is_not_there_is_said_with_what_is(string path, string words)
    {
        using var web = await shared.OpenAsync("owner");
        var (status, page) = await web.ReadAsync(Top + path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_4000_characters_is_not_there_either()
    {
        using var web = await shared.OpenAsync("owner");
        var path = string.Join('/', Enumerable.Repeat(new string('x', 99), 40));
        Assert.Equal(HttpStatusCode.NotFound, (await web.ReadAsync($"{Top}/tree/{path}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.ReadAsync($"{Top}/raw/{path}")).Status);
    }

    [Theory]
    [InlineData("/tree/trunk/docs/guide.md/", "The guide")]
    [InlineData("/tree/trunk?rev=2", "See it as it is now")]
    [InlineData("/tree/trunk/gone.txt?rev=2", "was here")]
    [InlineData("/tree?rev=0", "This directory is empty")]
    [InlineData("/tree/trunk?rev=HEAD", "Permalink")]
    [InlineData("/tree/trunk?rev={2999-01-01}", "Atlas of the seas")]
    [InlineData("/tree/trunk", "while I test it")]
    [InlineData("/locks", "while I test it")]
    [InlineData("/locks", "XYLOPHONE at work")]
    [InlineData("", "XYLOPHONE at work")]
    [InlineData("/log/trunk?rev={2999-01-01}", "Everything, the XYLOPHONE too")]
    [InlineData("/blame/trunk/docs/guide.md?rev=r2", "The guide")]
    [InlineData("/compare?from=trunk@2&to=trunk@{2999-01-01}", "gone.txt")]
    [InlineData("/rev/2?path=/trunk/logo.svg", "<img src=\"/r/atlas/raw/trunk/logo.svg?rev=2\"")]
    [InlineData("/rev/2?path=/trunk/logo.svg", "&lt;svg xmlns=")]
    [InlineData("/tree/trunk/link", "A symbolic link to")]
    [InlineData("/tree/trunk/big.bin", "this is no text")]
    [InlineData("/tree/trunk/table.csv", "<td>2</td>")]
    [InlineData("/tree/trunk/table.csv?view=source", "1,2")]
    [InlineData("/tree/tags/docs-1", "tags/docs-1")]
    [InlineData("/tree/trunk/many", "1 to 200 of 450")]
    [InlineData("/tree/trunk/many?page=3", "file-449.txt")]
    [InlineData("/tree/trunk/many?page=nonsense", "file-000.txt")]
    [InlineData("/tree/trunk/many?filter=FILE-44", "10 of 450")]
    [InlineData("/tree/trunk/many?filter=nothing", "No name in it has that")]
    public async Task What_is_there_is_shown(string path, string words)
    {
        using var web = await shared.OpenAsync("owner");
        var (status, page) = await web.ReadAsync(Top + path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(words, page.Replace('\u202f', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/find?in=/trunk/secret", HttpStatusCode.NotFound, "not open to you")]
    [InlineData("/find?in=/nothing", HttpStatusCode.NotFound, "not open to you")]
    [InlineData("/find?in=/trunk/page.html", HttpStatusCode.NotFound, "not open to you")]
    [InlineData("/find?in=/trunk/../trunk/secret", HttpStatusCode.NotFound, "not open to you")]
    [InlineData("/find?rev=999", HttpStatusCode.NotFound, "There is no such directory")]
    [InlineData("/find?rev=abc", HttpStatusCode.NotFound, "is no revision")]
    [InlineData("/find?q=%00%01", HttpStatusCode.OK, "No file has these letters")]
    [InlineData("/find?q=f440", HttpStatusCode.OK, "many/<mark>f</mark>ile-<mark>440</mark>.txt")]
    [InlineData("/find?q=FILE%20440", HttpStatusCode.OK, "many/<mark>file</mark>-<mark>440</mark>.txt")]
    [InlineData("/find?q=gone", HttpStatusCode.OK, "No file has these letters")]
    [InlineData("/find?q=gone&rev=2", HttpStatusCode.OK, "/tree/trunk/gone.txt?rev=2")]
    [InlineData("/find?q=bold", HttpStatusCode.OK, "&lt;b&gt;<mark>bold</mark>.txt")]
    [InlineData("/find?q=a%25", HttpStatusCode.OK, "/tree/trunk/a%252Fb.txt")]
    [InlineData("/find?in=/tags", HttpStatusCode.OK, "docs-1/guide.md")]
    public async Task Files_are_found_by_letters_of_their_paths(string path, HttpStatusCode status, string words)
    {
        using var web = await shared.OpenAsync("limited-reader");
        var (found, page) = await web.ReadAsync(Top + path);
        Assert.Equal(status, found);
        Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_paths_has_what_its_reader_may_see_and_names_with_any_character()
    {
        foreach (var (who, mayAll) in ((string, bool)[])[("owner", true), ("limited-reader", false)])
        {
            using var web = await shared.OpenAsync(who);
            using var answer = await web.GetAsync($"{Top}/paths");
            using var list = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var paths = list.RootElement.GetProperty("paths").EnumerateArray().Select(path => path.GetString()!).ToHashSet(StringComparer.Ordinal);
            Assert.Superset(WebContentServer.Names.ToHashSet(StringComparer.Ordinal), paths);
            Assert.Equal(mayAll, paths.Contains("secret/blueprint.txt"));
            Assert.Equal(paths.Count, list.RootElement.GetProperty("lookedAt").GetInt32());
        }
    }

    [Fact]
    public async Task A_repository_without_content_says_so()
    {
        using var web = await shared.OpenAsync("owner");
        Assert.Contains("This directory is empty", (await web.ReadAsync("/r/nothing-yet/tree")).Text, StringComparison.Ordinal);
        using var archive = await web.GetAsync("/r/nothing-yet/archive");
        Assert.Equal(["nothing-yet-r0/"], (await ReadArchiveAsync("zip", await archive.Content.ReadAsStreamAsync())).Keys);
    }

    [Theory]
    [InlineData("anonymous", HttpStatusCode.NotFound)]
    [InlineData("stranger", HttpStatusCode.NotFound)]
    [InlineData("admin", HttpStatusCode.Forbidden)]
    public async Task Whoever_has_no_access_to_the_content_gets_none(string who, HttpStatusCode expected)
    {
        using var web = await shared.OpenAsync(who);
        foreach (var path in (string[])["/tree/trunk", "/tree/trunk/page.html", "/raw/trunk/page.html", "/archive/trunk", "/find?q=d", "/paths", "/locks"])
        {
            var (status, answer) = await web.ReadAsync(Top + path);
            Assert.Equal(expected, status);
            Assert.DoesNotContain("docs", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("while I test it", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("taken over", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_fetches_what_its_person_may_see_from_its_repositories_and_no_page()
    {
        string[] others = ["nothing-yet"];
        string[] downloads = ["/raw/trunk/page.html", "/archive/trunk", "/rev/2.patch", "/paths", "/activity.csv", "/feed.atom", "/feed.atom?path=trunk"];
        using var api = new Api(shared.Server.Address, (await shared.Server.RunAsync(["token", "create", "owner"])).Trim());
        var narrow = (await api.ExpectAsync(HttpMethod.Post, "tokens", new { access = "read", repositories = others })).GetProperty("token").GetString()!;
        var limited = (await shared.Server.RunAsync(["token", "create", "limited-reader"])).Trim();
        foreach (var download in downloads)
        {
            Assert.Equal((download, HttpStatusCode.OK), (download, await AskAsync(limited, Top + download)));
            Assert.Equal((download, HttpStatusCode.NotFound), (download, await AskAsync(narrow, Top + download)));
            Assert.Equal((download, HttpStatusCode.Unauthorized), (download, await AskAsync("no-token", Top + download)));
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(narrow, "/r/nothing-yet/archive"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(limited, $"{Top}/raw/trunk/secret/blueprint.txt"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(limited, $"{Top}/tree/trunk"));

        async Task<HttpStatusCode> AskAsync(string token, string path)
        {
            using var web = await shared.OpenAsync("anonymous");
            using var answer = await web.SendAsync(HttpMethod.Get, path, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Whoever_may_see_a_part_only_is_told_where_it_begins()
    {
        using var web = await shared.OpenAsync("path-reader");
        var (status, page) = await web.ReadAsync(Top);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains($"{Top}/tree/trunk/docs", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await web.ReadAsync($"{Top}/tree/trunk/docs")).Status);
        Assert.Contains($"{Top}/tree/trunk/docs/guide.md", (await web.ReadAsync($"{Top}/find")).Text, StringComparison.Ordinal);
        var (above, text) = await web.ReadAsync($"{Top}/tree/trunk");
        Assert.Equal(HttpStatusCode.NotFound, above);
        Assert.All(WebContentServer.Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, (byte[] Content, int Mode, string? Link)>> ReadArchiveAsync(string format, Stream stream)
    {
        var files = new Dictionary<string, (byte[], int, string?)>(StringComparer.Ordinal);
        var whole = new MemoryStream();
        await stream.CopyToAsync(whole);
        whole.Position = 0;
        if (format == "zip")
        {
            await using var zip = new ZipArchive(whole);
            foreach (var entry in zip.Entries)
            {
                var content = new MemoryStream();
                await using (var opened = await entry.OpenAsync())
                    await opened.CopyToAsync(content);
                var mode = entry.ExternalAttributes >> 16;
                files[entry.FullName] = (content.ToArray(), mode, (mode & 0xF000) == 0xA000 ? System.Text.Encoding.UTF8.GetString(content.ToArray()) : null);
            }

            return files;
        }

        await using var tar = new TarReader(new GZipStream(whole, CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            var content = new MemoryStream();
            if (entry.DataStream is { } data)
                await data.CopyToAsync(content);
            files[entry.Name] = (content.ToArray(), (int)entry.Mode, entry.EntryType == TarEntryType.SymbolicLink ? entry.LinkName : null);
        }

        return files;
    }
}
