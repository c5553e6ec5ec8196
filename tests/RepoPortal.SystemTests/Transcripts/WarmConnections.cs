using System.Net;
using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>
/// A change of access holds for the next request over a connection that has long been open, and for the request that is under way. Whatever the change, it has been
/// answered before the next request is sent; only what a command beside the server does is waited for.
/// </summary>
public sealed class WarmConnections(SharedServer shared) : IAsyncLifetime
{
    // What is promised is a second; the rest is for a machine that is busy with other tests.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2.5);

    private static readonly string[] Both = ["writer", "guest"];

    private readonly string _name = $"warm-{Guid.NewGuid():n}"[..20];
    private readonly Scratch _scratch = new();

    private Api _owner = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await shared.StartedAsync();
        _owner = shared.Api("owner");
        await _owner.CreateReadyAsync(_name, layout: "standard");
        await File.WriteAllTextAsync(_scratch["file"], "content\n", Cancellation);
        await shared.Client(_scratch.Path, "owner").RunAsync("import", "-q", _scratch["file"], $"{shared.Url(_name)}/trunk/file", "-m", "a file");
    }

    [Fact]
    public async Task A_member_who_is_removed_is_refused_at_once_and_the_audit_says_since_when()
    {
        await GrantAsync("guest", "read");
        using var guest = await WarmAsync("guest");
        await _owner.ExpectAsync(HttpMethod.Delete, $"repositories/{_name}/members/guest");
        Assert.Equal(HttpStatusCode.NotFound, await ReadAsync(guest));
        await TookEffectAsync("member.removed");
    }

    [Fact]
    public async Task A_writer_who_may_only_read_from_now_on_writes_no_more()
    {
        await GrantAsync("guest", "write");
        using var guest = await WarmAsync("guest");
        Assert.Equal(HttpStatusCode.Created, await BeginTransactionAsync(guest));
        await GrantAsync("guest", "read");
        Assert.Equal(HttpStatusCode.Forbidden, await BeginTransactionAsync(guest));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(guest));
        await TookEffectAsync("member.set");
    }

    [Fact]
    public async Task A_path_that_is_hidden_is_seen_no_more()
    {
        await GrantAsync("guest", "read");
        using var guest = await WarmAsync("guest");
        await _owner.ExpectAsync(HttpMethod.Put, $"repositories/{_name}/rules", new { rules = new[] { new { path = "/trunk/file", who = "user:guest", access = "none" } } });
        Assert.Equal(HttpStatusCode.Forbidden, await ReadAsync(guest));
        await TookEffectAsync("rules.changed");
    }

    [Fact]
    public async Task Somebody_who_leaves_a_group_loses_what_it_was_granted()
    {
        var group = $"group-{_name}";
        await _owner.ExpectAsync(HttpMethod.Put, $"groups/{group}", new { members = Both });
        await _owner.ExpectAsync(HttpMethod.Put, $"repositories/{_name}/groups/{group}", new { access = "read" });
        using var guest = await WarmAsync("guest");
        await _owner.ExpectAsync(HttpMethod.Put, $"groups/{group}", new { members = Both[..1] });
        Assert.Equal(HttpStatusCode.NotFound, await ReadAsync(guest));
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_when_a_public_repository_becomes_private()
    {
        await _owner.ExpectAsync(HttpMethod.Patch, $"repositories/{_name}", new { visibility = "public" });
        using var visitor = await WarmAsync("anonymous");
        await _owner.ExpectAsync(HttpMethod.Patch, $"repositories/{_name}", new { visibility = "private" });
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(visitor));
    }

    [Fact]
    public async Task A_token_that_is_revoked_opens_nothing()
    {
        await GrantAsync("guest", "read");
        using var api = shared.Api("guest");
        var token = await api.ExpectAsync(HttpMethod.Post, "tokens", new { name = "to be revoked", access = "read" });
        using var guest = new HttpClient { BaseAddress = shared.Server.Address };
        guest.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"guest:{token.GetProperty("token").GetString()}")));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(guest));
        await api.ExpectAsync(HttpMethod.Delete, $"tokens/{token.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(guest));
    }

    [Fact]
    public async Task Somebody_who_is_suspended_by_the_command_line_is_refused_and_cut_within_a_second()
    {
        await GrantAsync("sleeper", "read");
        await PutLargeFileAsync();
        using var sleeper = await WarmAsync("sleeper");
        using var download = await BeginDownloadAsync("sleeper");
        await shared.Server.RunAsync(["user", "suspend", "sleeper"]);
        await IsCutAsync(download);
        await Eventually.TrueAsync(async () => await ReadAsync(sleeper) == HttpStatusCode.Unauthorized, Promise);
        await shared.Server.RunAsync(["user", "resume", "sleeper"]);
        await Eventually.TrueAsync(async () => await ReadAsync(sleeper) == HttpStatusCode.OK, Promise);
    }

    [Fact]
    public async Task A_download_under_way_is_cut_within_a_second_when_its_reader_is_removed()
    {
        await GrantAsync("guest", "read");
        await PutLargeFileAsync();
        using var download = await BeginDownloadAsync("guest");
        await _owner.ExpectAsync(HttpMethod.Delete, $"repositories/{_name}/members/guest");
        await IsCutAsync(download);
    }

    public ValueTask DisposeAsync()
    {
        _owner.Dispose();
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<JsonElement> GrantAsync(string who, string access) => _owner.ExpectAsync(HttpMethod.Put, $"repositories/{_name}/members/{who}", new { access });

    private async Task<HttpClient> WarmAsync(string who)
    {
        var http = shared.Http(who);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, await ReadAsync(http));
        return http;
    }

    private async Task<HttpStatusCode> ReadAsync(HttpClient http)
    {
        using var answer = await http.GetAsync($"repos/{_name}/trunk/file", Cancellation);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> BeginTransactionAsync(HttpClient http)
    {
        using var begin = new StringContent("( create-txn )", new System.Net.Http.Headers.MediaTypeHeaderValue("application/vnd.svn-skel"));
        using var answer = await http.PostAsync($"repos/{_name}/!svn/me", begin, Cancellation);
        return answer.StatusCode;
    }

    // More than fits into all buffers on the way, and random, so that nothing makes it smaller.
    private async Task PutLargeFileAsync()
    {
        await File.WriteAllBytesAsync(_scratch["large"], System.Security.Cryptography.RandomNumberGenerator.GetBytes(48 << 20), Cancellation);
        await shared.Client(_scratch.Path, "owner").RunAsync("import", "-q", _scratch["large"], $"{shared.Url(_name)}/trunk/large", "-m", "a large file");
    }

    private async Task<Stream> BeginDownloadAsync(string who)
    {
        var http = shared.Http(who);
        return await http.GetStreamAsync($"repos/{_name}/trunk/large", Cancellation);
    }

    /// <summary>Reads as over a slow line, so that the file cannot come to its end before the promise does.</summary>
    private static async Task IsCutAsync(Stream download)
    {
        var buffer = new byte[1 << 16];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Promise);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await download.ReadAsync(buffer, patience.Token) > 0)
                await Task.Delay(20, patience.Token);
        });
    }

    private async Task TookEffectAsync(string action)
    {
        JsonElement entry = default;
        await Eventually.TrueAsync(async () =>
        {
            entry = (await _owner.ExpectAsync(HttpMethod.Get, $"repositories/{_name}/audit")).GetProperty("items").EnumerateArray().First(item => item.GetProperty("action").GetString() == action);
            return entry.GetProperty("effectiveAt").ValueKind == JsonValueKind.String;
        });
        Assert.InRange(entry.GetProperty("effectiveAt").GetDateTimeOffset() - entry.GetProperty("at").GetDateTimeOffset(), TimeSpan.Zero, Promise);
    }
}
