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
    [InlineData("impostor", "private", false, false)]
    [InlineData("impostor", "internal", false, false)]
    public async Task Does_what_the_grant_says_and_nothing_else(string who, string visibility, bool reads, bool writes)
    {
        var svn = shared.Client(_scratch.Path, who);
        var url = shared.Url(visibility);
        Assert.Equal(reads, (await svn.TryAsync("ls", url)).IsSuccess);
        Assert.Equal(reads, (await svn.TryAsync("log", "-v", url)).IsSuccess);
        Assert.Equal(reads, (await svn.TryAsync("checkout", "-q", url, "wc")).IsSuccess);
        Assert.Equal(reads, (await svn.TryAsync("cat", $"{url}/trunk/file")).IsSuccess);
        Assert.Equal(writes, (await svn.TryAsync("mkdir", $"{url}/by-{who}-{Guid.NewGuid():n}", "-m", "mkdir")).IsSuccess);
        Assert.Equal(writes, (await svn.TryAsync("copy", $"{url}/trunk", $"{url}/copy-by-{who}-{Guid.NewGuid():n}", "-m", "copy")).IsSuccess);
        Assert.Equal(writes, (await svn.TryAsync("lock", $"{url}/trunk/file")).IsSuccess);
        if (writes)
            await svn.RunAsync("unlock", $"{url}/trunk/file");
        Assert.False((await svn.TryAsync("propset", "svn:log", "rewritten", "--revprop", "-r", "1", url)).IsSuccess);
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

    public void Dispose() => _scratch.Dispose();
}
