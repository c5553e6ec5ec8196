using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>Files that are larger than what lies between a server and its client: parts of them, and downloads that end in the middle.</summary>
public sealed class LargeDownloads(LargeFileServer shared) : IClassFixture<LargeFileServer>
{
    private const string Raw = "/r/depot/raw/trunk/large.txt";

    public static TheoryData<string> Downloads => [Raw, "/r/depot/archive/trunk?format=tar.gz", "/r/depot/archive/trunk?format=zip"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_from_far_inside_is_that_part()
    {
        using var web = await shared.OpenAsync("owner");
        foreach (var from in (long[])[0, LargeFileServer.FileBytes / 2 + 3, LargeFileServer.FileBytes - 70])
        {
            using var part = await web.SendAsync(HttpMethod.Get, Raw, request => request.Headers.Range = new RangeHeaderValue(from, from + 69));
            Assert.Equal((HttpStatusCode.PartialContent, LargeFileServer.FileBytes), (part.StatusCode, part.Content.Headers.ContentRange!.Length));
            Assert.Equal(LargeFileServer.Text(from, 70), await part.Content.ReadAsStringAsync(Cancel));
        }

        using var beyond = await web.SendAsync(HttpMethod.Get, Raw, static request => request.Headers.Range = new RangeHeaderValue(LargeFileServer.FileBytes, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task A_page_about_one_offers_its_beginning_and_the_file()
    {
        using var web = await shared.OpenAsync("owner");
        var (status, page) = await web.ReadAsync("/r/depot/tree/trunk/large.txt");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(LargeFileServer.Text(0, LargeFileServer.LineBytes - 1), page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 4 << 20);
        Assert.Contains($"href=\"{Raw}", page, StringComparison.Ordinal);
        var (_, revision) = await web.ReadAsync("/r/depot/rev/2");
        Assert.Contains("Too large to be compared here", revision, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task Whoever_loses_the_repository_in_the_middle_does_not_get_the_rest(string download)
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        using var web = await shared.OpenAsync("reader");
        await api.ExpectAsync(HttpMethod.Put, "repositories/depot/members/reader", new { access = "read" });
        await EndsInTheMiddleAsync(await web.GetAsync(download), () => api.ExpectAsync(HttpMethod.Delete, "repositories/depot/members/reader"));
        Assert.Equal(HttpStatusCode.NotFound, (await web.ReadAsync(download)).Status);
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task Whoever_loses_the_path_in_the_middle_does_not_get_the_rest(string download)
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        using var web = await shared.OpenAsync("reader");
        await api.ExpectAsync(HttpMethod.Put, "repositories/depot/members/reader", new { access = "read" });
        await EndsInTheMiddleAsync(await web.GetAsync(download), () => api.ExpectAsync(
            HttpMethod.Put, "repositories/depot/rules", new { rules = new[] { new { path = "/trunk/large.txt", who = "user:reader", access = "none" } } }));
        Assert.Equal(HttpStatusCode.NotFound, (await web.ReadAsync(Raw)).Status);
        await api.ExpectAsync(HttpMethod.Put, "repositories/depot/rules", new { rules = Array.Empty<object>() });
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_token_fetches_until_it_is_revoked(string download)
    {
        var token = (await shared.Server.RunAsync(["token", "create", "reader"])).Trim();
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        using var reader = new Api(shared.Server.Address, token);
        using var script = new HttpClient { BaseAddress = shared.Server.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        await api.ExpectAsync(HttpMethod.Put, "repositories/depot/members/reader", new { access = "read" });
        var (_, tokens) = await reader.GetAsync("tokens");
        var newest = tokens.EnumerateArray().MaxBy(row => row.GetProperty("createdAt").GetDateTimeOffset()).GetProperty("id").GetString();

        await EndsInTheMiddleAsync(await script.GetAsync(download, HttpCompletionOption.ResponseHeadersRead, Cancel), () => reader.ExpectAsync(HttpMethod.Delete, $"tokens/{newest}"));
        using var refused = await script.GetAsync(download, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("Send a valid access token", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_suspended_in_the_middle_does_not_get_the_rest()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        using var web = await shared.OpenAsync("leaver");
        await api.ExpectAsync(HttpMethod.Put, "repositories/depot/members/leaver", new { access = "read" });
        await EndsInTheMiddleAsync(await web.GetAsync(Raw), () => shared.Server.RunAsync(["user", "suspend", "leaver"]));
    }

    [Fact]
    public async Task Nothing_goes_on_being_read_for_somebody_who_went_away()
    {
        using var web = await shared.OpenAsync("owner");
        var (before, whole) = (TimeSpan.Zero, TimeSpan.Zero);
        // What it takes to find the last bytes, for which everything before them is read; the second time without what is done only once.
        foreach (var last in (int[])[10, 11])
        {
            await shared.RestAsync();
            before = shared.ProcessorTime();
            using var answer = await AskForLastAsync(web, last);
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            await shared.RestAsync();
            whole = shared.ProcessorTime() - before;
        }

        before = shared.ProcessorTime();
        var asked = AskForLastAsync(web, 12);
        await Eventually.TrueAsync(() => Task.FromResult(shared.ProcessorTime() - before > whole / 10));
        Assert.False(asked.IsCompleted);
        web.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => asked);
        await shared.RestAsync();
        var spent = shared.ProcessorTime() - before;
        Assert.True(spent < whole / 2, string.Create(CultureInfo.InvariantCulture, $"{spent.TotalMilliseconds} ms of {whole.TotalMilliseconds} ms"));
    }

    private static Task<HttpResponseMessage> AskForLastAsync(WebSession web, int bytes) =>
        web.SendAsync(HttpMethod.Get, Raw, request => request.Headers.Range = new RangeHeaderValue(null, bytes));

    // What was sent so far is in the client, the kernel and the server's buffers, all of which are small beside the file.
    private static async Task EndsInTheMiddleAsync(HttpResponseMessage answer, Func<Task> take)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancel);
        var buffer = new byte[1 << 16];
        await stream.ReadExactlyAsync(buffer, Cancel);
        await take();
        var read = (long)buffer.Length;
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await stream.ReadAsync(buffer, Cancel) is var count and > 0)
                read += count;
        });
        Assert.InRange(read, 1, LargeFileServer.FileBytes - 1);
        answer.Dispose();
    }
}
