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

    [Theory]
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
}
