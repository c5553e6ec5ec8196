using CliWrap;
using CliWrap.Buffered;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>The stock <c>svnsync</c> keeps a mirror of a repository elsewhere, by a token that may only read; and by nobody's token more than they may see.</summary>
public sealed class Mirrors(PathRulesServer shared) : IClassFixture<PathRulesServer>, IDisposable
{
    private readonly Scratch _scratch = new();

    private string Mirror => _scratch["mirror"];

    private string MirrorUrl => new Uri(Mirror).AbsoluteUri;

    [Fact]
    public async Task A_mirror_has_everything_and_follows()
    {
        var token = (await shared.Server.RunAsync(["token", "create", "owner", "--read-only"])).Trim();
        await InitializeAsync("owner", token);

        await SyncAsync("owner", token);

        Assert.Equal(await LogAsync(shared.Url, "owner"), await LogAsync(MirrorUrl, "owner"));
        Assert.Equal(await ListAsync(shared.Url, "owner"), await ListAsync(MirrorUrl, "owner"));
        Assert.Equal("XYLOPHONE two\n", await ToolAsync("svn", "cat", $"{MirrorUrl}/{PathRulesServer.Hidden}/blueprint.txt"));
        // The token reads, and no more.
        var refused = await new SvnClient(_scratch.Path, "owner", token).TryAsync("mkdir", "-m", "no", $"{shared.Url}/no");
        Assert.False(refused.IsSuccess);

        await shared.Client(_scratch.Path, "owner").RunAsync("mkdir", "-m", "committed after the mirror was made", $"{shared.Url}/tags/mirrored");
        await SyncAsync("owner", token);

        Assert.Contains("mirrored/", await ListAsync(MirrorUrl, "owner"), StringComparison.Ordinal);
        Assert.Equal(await LogAsync(shared.Url, "owner"), await LogAsync(MirrorUrl, "owner"));
        await ToolAsync("svnadmin", "verify", "-q", Mirror);
    }

    [Fact]
    public async Task Somebody_from_whom_paths_are_hidden_mirrors_the_rest()
    {
        await InitializeAsync("limited-reader", shared.Token("limited-reader"));

        await SyncAsync("limited-reader", shared.Token("limited-reader"));

        Assert.Contains("trunk/open/readme.txt", await ListAsync(MirrorUrl, "limited-reader"), StringComparison.Ordinal);
        Assert.Equal(await ToolAsync("svnlook", "youngest", Mirror), await YoungestAsync("limited-reader"));
        var everything = await ToolAsync("svnadmin", "dump", "-q", Mirror);
        Assert.DoesNotContain(PathRulesServer.Secrets, secret => everything.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("path-reader")]
    [InlineData("suspended")]
    public async Task Who_may_not_read_the_root_makes_no_mirror(string who)
    {
        await MakeEmptyAsync();
        var refused = await TryAsync("svnsync", ["initialize", MirrorUrl, shared.Url, .. Source(who, shared.Token(who))]);
        Assert.False(refused.IsSuccess);
        Assert.DoesNotContain(PathRulesServer.Secrets, secret => refused.StandardError.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _scratch.Dispose();

    private async Task InitializeAsync(string who, string token)
    {
        await MakeEmptyAsync();
        await ToolAsync("svnsync", ["initialize", MirrorUrl, shared.Url, .. Source(who, token)]);
    }

    private async Task MakeEmptyAsync()
    {
        await ToolAsync("svnadmin", "create", Mirror);
        File.CreateSymbolicLink(Path.Combine(Mirror, "hooks", "pre-revprop-change"), "/bin/true");
    }

    private Task<string> SyncAsync(string who, string token) => ToolAsync("svnsync", ["synchronize", MirrorUrl, .. Source(who, token)]);

    // Of the mirror only: where it is a mirror of stands in its revision 0.
    private Task<string> LogAsync(string url, string who) => shared.Client(_scratch.Path, who).RunAsync("log", "-v", "-r", "HEAD:1", url);

    private Task<string> ListAsync(string url, string who) => shared.Client(_scratch.Path, who).RunAsync("ls", "-R", url);

    private async Task<string> YoungestAsync(string who) =>
        (await shared.Client(_scratch.Path, who).RunAsync("info", "--show-item", "revision", shared.Url)).Trim() + "\n";

    private string[] Source(string who, string token) =>
        ["--source-username", who, "--source-password", token, "--non-interactive", "--no-auth-cache", "--config-dir", Path.Combine(_scratch.Path, ".svnsync")];

    private static async Task<string> ToolAsync(string program, params string[] arguments)
    {
        var result = await TryAsync(program, arguments);
        return result.IsSuccess ? result.StandardOutput : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result.StandardError}");
    }

    private static async Task<BufferedCommandResult> TryAsync(string program, params string[] arguments) =>
        await Cli.Wrap(program).WithArguments(arguments).WithEnvironmentVariables(set => set.Set("LC_ALL", "C.UTF-8")).WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
