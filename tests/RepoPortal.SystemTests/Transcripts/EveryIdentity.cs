using System.Net;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>The same verbs of the stock client for everybody there is: what each may do with a private, an internal and a public repository.</summary>
public sealed class EveryIdentity(EveryIdentityServer shared) : IClassFixture<EveryIdentityServer>, IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("anonymous", "private", false, false)]
    [InlineData("anonymous", "internal", false, false)]
    [InlineData("anonymous", "public", true, false)]
    [InlineData("stranger", "private", false, false)]
    [InlineData("stranger", "internal", true, false)]
    [InlineData("stranger", "public", true, false)]
    [InlineData("outsider", "private", false, false)]
    [InlineData("outsider", "internal", true, false)]
    [InlineData("reader", "private", true, false)]
    [InlineData("reader", "public", true, false)]
    [InlineData("writer", "private", true, true)]
    [InlineData("owner", "private", true, true)]
    [InlineData("admin", "private", false, false)]
    [InlineData("admin", "internal", true, false)]
    [InlineData("impostor", "private", false, false)]
    [InlineData("impostor", "internal", false, false)]
    [InlineData("suspended", "private", false, false)]
    [InlineData("suspended", "internal", false, false)]
    [InlineData("suspended", "public", true, false)] // as a visitor: nobody asks who reads it
    [InlineData("ended", "private", false, false)]
    [InlineData("ended", "internal", false, false)]
    [InlineData("lapsed", "private", false, false)]
    [InlineData("lapsed", "internal", true, false)]
    public async Task Does_what_the_grant_says_and_nothing_else(string who, string visibility, bool reads, bool writes)
    {
        var svn = shared.Client(_scratch.Path, who);
        var url = shared.Url(visibility);
        var mine = $"{url}/by-{who}-{Guid.NewGuid():n}";
        string[][] reading =
        [
            ["ls", "-v", url], ["log", "-v", url], ["checkout", "-q", url, "wc"], ["cat", $"{url}/trunk/file"], ["cat", $"{url}/trunk/file@2"], ["info", $"{url}/trunk"],
            ["blame", $"{url}/trunk/file"], ["diff", "-r", "1:2", url], ["propget", "svn:log", "--revprop", "-r", "1", url], ["proplist", "-v", $"{url}/trunk"],
            ["export", "-q", $"{url}/trunk", "export"], ["mergeinfo", $"{url}/trunk", $"{url}/trunk"],
        ];
        foreach (var verb in reading)
            AssertIs(reads, await svn.TryAsync(verb), verb);
        string[][] writing =
        [
            ["mkdir", mine, "-m", "mkdir"], ["copy", $"{url}/trunk", $"{mine}-copy", "-m", "copy"], ["move", $"{mine}-copy", $"{mine}-moved", "-m", "move"],
            ["delete", $"{mine}-moved", "-m", "delete"], ["lock", $"{url}/trunk/file"], ["unlock", $"{url}/trunk/file"],
        ];
        foreach (var verb in writing)
            AssertIs(writes, await svn.TryAsync(verb), verb);
        if (reads)
        {
            await File.WriteAllTextAsync(_scratch["wc/trunk/file"], $"by {mine}\n", TestContext.Current.CancellationToken);
            await svn.TryAsync("update", "-q", "--accept", "mine-full", "wc");
            AssertIs(writes, await svn.TryAsync("commit", "-q", "wc", "-m", "commit"), ["commit"]);
        }

        // The log is nobody's to rewrite.
        AssertIs(false, await svn.TryAsync("propset", "svn:log", "rewritten", "--revprop", "-r", "1", url), ["propset", "--revprop"]);
    }

    [Fact]
    public async Task A_read_only_token_of_a_writer_reads_and_does_not_write()
    {
        var token = (await shared.Server.RunAsync(["token", "create", "writer", "--read-only", "--days", "1"])).Trim();
        var svn = new SvnClient(_scratch.Path, "writer", token);
        await svn.RunAsync("ls", shared.Url("private"));
        var refused = await svn.TryAsync("mkdir", $"{shared.Url("private")}/no", "-m", "no");
        Assert.False(refused.IsSuccess);
        Assert.Contains("token", refused.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_repository_and_a_closed_one_answer_alike()
    {
        var svn = shared.Client(_scratch.Path, "stranger");
        var closed = (await svn.TryAsync("ls", shared.Url("private"))).StandardError;
        var unknown = (await svn.TryAsync("ls", new Uri(shared.Server.Address, "repos/no-such").ToString())).StandardError;
        Assert.Equal(closed.Replace(shared.Url("private"), "URL", StringComparison.Ordinal), unknown.Replace(new Uri(shared.Server.Address, "repos/no-such").ToString(), "URL", StringComparison.Ordinal));

        using var api = new Api(shared.Server.Address, shared.Token("stranger"));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("repositories/private")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("repositories/no-such")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync(HttpMethod.Put, "repositories/private/members/stranger", new { access = "owner" })).Status);
    }

    [Fact]
    public async Task An_unknown_name_a_wrong_token_and_somebody_who_is_suspended_are_answered_alike_whether_or_not_there_is_a_repository()
    {
        using var http = new HttpClient();
        var answers = new List<string>();
        foreach (var credentials in (string[])[$"nobody-here:{shared.Token("stranger")}", $"owner:{shared.Token("stranger")}", "owner:secret", $"suspended:{shared.Token("suspended")}"])
        {
            foreach (var repository in (string[])["private", "no-such"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, shared.Url(repository));
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(credentials)));
                using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
                answers.Add($"{answer.StatusCode} {answer.Headers.WwwAuthenticate} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
        }

        Assert.StartsWith("Unauthorized", Assert.Single(answers.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private static void AssertIs(bool allowed, CliWrap.Buffered.BufferedCommandResult answer, string[] verb) =>
        Assert.True(allowed == answer.IsSuccess, $"svn {string.Join(' ', verb)}: {answer.ExitCode}\n{answer.StandardOutput}{answer.StandardError}");
}
