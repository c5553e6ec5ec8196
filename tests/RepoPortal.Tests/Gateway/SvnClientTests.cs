using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway;

/// <summary>The stock svn client, without TLS and with TLS that ends at the gateway.</summary>
[Collection(nameof(HostedRepositories))]
public sealed class SvnClientTests(HostedRepositories hosted)
{
    private readonly Dictionary<string, RepositoryRoute> _repositories = [];

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Checks_out_commits_copies_moves_locks_and_logs(string scheme)
    {
        var (url, svn) = await BeginAsync(scheme);
        using var scratch = new ScratchDirectory();
        using var _ = svn;
        var copy = scratch["copy"];

        await svn.RunAsync("mkdir", "-m", "layout", url + "/trunk", url + "/branches");
        await svn.RunAsync("checkout", url + "/trunk", copy);
        await File.WriteAllTextAsync(Path.Combine(copy, "file"), "first\n");
        await svn.RunAsync("add", Path.Combine(copy, "file"));
        await svn.RunAsync("commit", "-m", "add", copy);
        await svn.RunAsync("copy", "-m", "branch", url + "/trunk", url + "/branches/one");
        await svn.RunAsync("move", "-m", "rename", url + "/branches/one", url + "/branches/two");
        await svn.RunAsync("propset", "colour", "green", Path.Combine(copy, "file"));
        await svn.RunAsync("lock", "-m", "mine", Path.Combine(copy, "file"));
        await File.WriteAllTextAsync(Path.Combine(copy, "file"), "second\n");
        await svn.RunAsync("commit", "--no-unlock", "-m", "change", copy);
        await svn.RunAsync("unlock", Path.Combine(copy, "file"));
        await svn.RunAsync("update", copy);
        await svn.RunAsync("switch", url + "/branches/two", copy);
        await svn.RunAsync("merge", url + "/trunk", copy);
        await svn.RunAsync("commit", "-m", "merge", copy);
        await svn.RunAsync("delete", "-m", "tidy", url + "/branches/two");

        Assert.Equal("second", await svn.RunAsync("cat", url + "/trunk/file"));
        Assert.Equal("first", await svn.RunAsync("cat", url + "/branches/two/file@5"));
        Assert.Equal("ada", await svn.RunAsync("info", "--show-item", "last-changed-author", url + "/trunk/file"));
        Assert.Contains("r5 | ada", await svn.RunAsync("log", "-v", url), StringComparison.Ordinal);
        Assert.Contains("second", await svn.RunAsync("blame", url + "/trunk/file"), StringComparison.Ordinal);
        Assert.Contains("+second", await svn.RunAsync("diff", "-c6", url), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Keeps_every_name_as_it_is(string scheme)
    {
        string[] names =
        [
            "100%", "%41", "%2e%2e", "a?b=c", "a#b", "with space", "[brackets]", "\u20ac \u00e4\u4e2d", "a+b&c;d", "a'b\"c", "back\\slash", "..dots..", "tilde~", "a%2Fb", "curly{}|^`",
        ];
        var (url, svn) = await BeginAsync(scheme);
        using var scratch = new ScratchDirectory();
        using var _ = svn;
        var copy = scratch["copy"];
        await svn.RunAsync("checkout", url, copy);
        foreach (var name in names)
            await File.WriteAllTextAsync(Path.Combine(copy, name), name);
        await svn.RunAsync(["add", .. names.Select(name => Path.Combine(copy, name) + "@")]);
        await svn.RunAsync("commit", "-m", "names", copy);
        await svn.RunAsync("update", copy);
        await svn.RunAsync("mkdir", Path.Combine(copy, "moved"));
        foreach (var name in names)
            await svn.RunAsync("move", Path.Combine(copy, name) + "@", Path.Combine(copy, "moved", name));
        await svn.RunAsync("commit", "-m", "move", copy);
        await svn.RunAsync(["lock", .. names.Select(name => Path.Combine(copy, "moved", name) + "@")]);
        await svn.RunAsync(["unlock", .. names.Select(name => Path.Combine(copy, "moved", name) + "@")]);
        await svn.RunAsync("copy", "-m", "copy on the server", url + "/moved", url + "/a %25 copy");

        await svn.RunAsync("export", url + "/a %25 copy", scratch["out"]);
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(scratch["out"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(name, File.ReadAllText(Path.Combine(scratch["out"], name))));
    }

    [Fact]
    public async Task Commits_a_file_beyond_the_usual_limit_of_30_MB()
    {
        var (url, svn) = await BeginAsync("http");
        using var scratch = new ScratchDirectory();
        using var _ = svn;
        var content = new byte[32 << 20];
        System.Security.Cryptography.RandomNumberGenerator.Fill(content);
        await File.WriteAllBytesAsync(scratch["big"], content, TestContext.Current.CancellationToken);
        await svn.RunAsync("import", "-q", "-m", "big", scratch["big"], url + "/big");
        await svn.RunAsync("export", "-q", url + "/big", scratch["back"]);
        Assert.Equal(content, await File.ReadAllBytesAsync(scratch["back"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Through_a_proxy_with_absolute_request_targets_and_a_host_without_a_port()
    {
        var (_, svn) = await BeginAsync("http");
        using var __ = svn;
        var repository = _repositories["http"].Name;
        string[] proxy =
        [
            "--config-option", "servers:global:http-proxy-host=127.0.0.1",
            "--config-option", $"servers:global:http-proxy-port={hosted.Gateway.Http.Port}",
        ];
        var url = $"http://svn.example.org/repos/{repository}";
        await svn.RunAsync(["mkdir", "-m", "one", url + "/one", .. proxy]);
        await svn.RunAsync(["copy", "-m", "two", url + "/one", url + "/two", .. proxy]);
        Assert.Equal("one/\ntwo/", await svn.RunAsync(["list", url, .. proxy]));
    }

    [Fact]
    public async Task Prints_why_a_reader_may_not_write()
    {
        var repository = await hosted.CreateAsync(Visibility.Private, ("rita", AccessLevel.Read));
        using var svn = new SvnUser("rita", hosted.Record.AddToken("rita"));
        var url = $"{hosted.Gateway.Http}repos/{repository.Name}";
        await svn.RunAsync("list", url);
        var refused = await svn.TryAsync("mkdir", "-m", "no", url + "/trunk");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("E220004: You may read this repository but not change it; ask one of its owners for write access.", refused.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_that_a_repository_is_being_set_up_or_not_there()
    {
        hosted.Record.AddRoute("being-made", Visibility.Public, RepositoryState.Provisioning);
        using var svn = new SvnUser("rita", hosted.Record.AddToken("rita"));
        Assert.Contains(
            "This repository is being set up; try again in a moment.", (await svn.TryAsync("list", $"{hosted.Gateway.Http}repos/being-made")).StandardError, StringComparison.Ordinal);
        Assert.Contains(
            "There is no repository at this address, or you have no access to it.", (await svn.TryAsync("list", $"{hosted.Gateway.Http}repos/nowhere")).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_public_repository_without_credentials()
    {
        var repository = await hosted.CreateAsync(Visibility.Public);
        await hosted.PutAsync(repository, "/file", "content");
        using var svn = new SvnUser(null, null);
        var url = $"{hosted.Gateway.Http}repos/{repository.Name}";
        Assert.Equal("content", await svn.RunAsync("cat", url + "/file"));
        Assert.Contains("E215004", (await svn.TryAsync("mkdir", "-m", "no", url + "/trunk")).StandardError, StringComparison.Ordinal);
    }

    private async Task<(string Url, SvnUser Svn)> BeginAsync(string scheme)
    {
        var repository = _repositories[scheme] = await hosted.CreateAsync(Visibility.Private, ("ada", AccessLevel.Owner));
        var server = scheme == "http" ? hosted.Gateway.Http : hosted.Gateway.Https;
        return ($"{server}repos/{repository.Name}", new SvnUser("ada", hosted.Record.AddToken("ada")));
    }
}
