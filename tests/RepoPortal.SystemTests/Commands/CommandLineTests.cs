using System.Net;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Commands;

/// <summary>The command line beside a running server.</summary>
public sealed class CommandLineTests(MainJobServer shared) : IClassFixture<MainJobServer>
{
    [Fact]
    public async Task A_token_is_printed_alone_and_works_at_once()
    {
        var output = await shared.Server.RunAsync(["token", "create", "mei", "--days", "2"]);
        Assert.Matches("^rpt_[0-9a-z]+\n$", output);
        using var api = new Api(shared.Server.Address, output.Trim());
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("repositories")).Status);
    }

    [Fact]
    public async Task Somebody_without_a_password_gets_a_link_that_leads_to_a_page()
    {
        var output = await shared.Server.RunAsync(["user", "add", "karl", "--email", "karl@lab.example"]);
        var link = output[output.IndexOf("http", StringComparison.Ordinal)..].Trim();
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(link, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Repositories_are_listed_with_owner_tier_and_state()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        await api.CreateReadyAsync("listed");
        Assert.Contains("listed\tready\tstandard\tprivate\tmei\tnode-1\t", await shared.Server.RunAsync(["repository", "list"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_lives_by_commands_as_it_does_on_the_pages_and_the_svn_client_notices()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        await api.CreateReadyAsync("by-hand", layout: "standard");
        await shared.Server.RunAsync(["user", "add", "heir", "--email", "heir@lab.example"]);
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, "mei", shared.OwnerToken);
        string AddressOf(string name) => new Uri(shared.Server.Address, $"repos/{name}/trunk").ToString();
        Task<bool> CommitsAsync(string name, string directory) => CanAsync(svn, "mkdir", "-m", "by hand", $"{AddressOf(name)}/{directory}");

        Assert.Equal("by-hand is called by-rule now.\n", await shared.Server.RunAsync(["repository", "rename", "by-hand", "by-rule"]));
        await Eventually.TrueAsync(() => CommitsAsync("by-rule", "one"), TimeSpan.FromMinutes(1));
        Assert.Equal("by-rule is archived.\n", await shared.Server.RunAsync(["repository", "archive", "by-rule"]));
        await Eventually.TrueAsync(async () => !await CommitsAsync("by-rule", $"d{Guid.NewGuid():n}"), TimeSpan.FromMinutes(1));
        Assert.Equal("by-rule is in use.\n", await shared.Server.RunAsync(["repository", "unarchive", "by-rule"]));
        await Eventually.TrueAsync(() => CommitsAsync("by-rule", $"d{Guid.NewGuid():n}"), TimeSpan.FromMinutes(1));

        Assert.Contains("best-effort\tBest effort\t", await shared.Server.RunAsync(["tier", "list"]), StringComparison.Ordinal);
        Assert.Equal("by-rule is on the tier Best effort now.\n", await shared.Server.RunAsync(["repository", "tier", "by-rule", "best-effort"]));
        Assert.Equal("heir owns by-rule now.\n", await shared.Server.RunAsync(["repository", "transfer", "by-rule", "heir", "--from", "mei"]));
        Assert.Contains("by-rule\tready\tbest-effort\tprivate\their\t", await shared.Server.RunAsync(["repository", "list"]), StringComparison.Ordinal);

        Assert.StartsWith("by-rule is in the trash until ", await shared.Server.RunAsync(["repository", "delete", "by-rule"]), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => !await CanAsync(svn, "list", AddressOf("by-rule")), TimeSpan.FromMinutes(1));
        Assert.Equal("by-rule is back.\n", await shared.Server.RunAsync(["repository", "undelete", "by-rule"]));
        await Eventually.TrueAsync(() => CanAsync(svn, "list", AddressOf("by-rule")), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("repository", "archive", "no-such-repository")]
    [InlineData("repository", "rename", "no-such-repository", "other")]
    [InlineData("user", "add", "Mei", "--email", "m@lab.example")]
    [InlineData("user", "add", "a:b", "--email", "m@lab.example")]
    [InlineData("user", "add", "mei", "--email", "other@lab.example")]
    [InlineData("user", "add", "other", "--email", "mei@lab.example")]
    [InlineData("user", "add", "other", "--email", "no address")]
    [InlineData("token", "create", "nobody-here")]
    [InlineData("token", "create", "mei", "--days", "0")]
    [InlineData("no-such-command")]
    public async Task Bad_input_is_refused_in_a_sentence(params string[] arguments)
    {
        var (exitCode, output, error) = await shared.Server.TryRunAsync(arguments);
        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("rpt_", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.NotEmpty(error);
    }

    private static async Task<bool> CanAsync(SvnClient svn, params string[] arguments) => (await svn.TryAsync(arguments)).IsSuccess;
}
