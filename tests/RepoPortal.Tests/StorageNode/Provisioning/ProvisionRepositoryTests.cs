using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Janitor;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Provisioning;

public sealed class ProvisionRepositoryTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RepositoryLayout.Empty, 0, "")]
    [InlineData(RepositoryLayout.Standard, 1, "branches/\ntags/\ntrunk/")]
    public async Task Makes_what_svnadmin_and_svn_recognise(RepositoryLayout layout, long youngest, string tree)
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();

        var request = RunningNode.Request("alpha", layout);
        var measured = await node.Get<ProvisionRepository>().RunAsync(request, _cancellation);

        var path = node.Directories.Copy(request.Copy);
        await Command.RunAsync("svnadmin", "verify", "--quiet", path);
        Assert.Equal(youngest, measured.Youngest);
        Assert.InRange(measured.SizeBytes, 1000, 100_000);
        Assert.Equal(request.Uuid.ToString(), await Command.RunAsync("svnlook", "uuid", path));
        Assert.StartsWith("2026-05-04 03:02:01", await Command.RunAsync("svnlook", "date", "-r", "0", path), StringComparison.Ordinal);
        Assert.Equal(tree, await svn.RunAsync("list", svn.Url("alpha")));
        Assert.Equal(layout == RepositoryLayout.Standard ? "ada" : "", await Command.RunAsync("svnlook", "author", path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Directories.Temporary));
    }

    [Fact]
    public async Task A_client_works_with_it_at_once()
    {
        using var scratch = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var request = await node.ProvisionAsync("alpha", RepositoryLayout.Standard);

        await svn.RunAsync("checkout", svn.Url("alpha", "/trunk"), scratch["wc"]);
        await File.WriteAllTextAsync(scratch["wc/näme with %20.txt"], "text", _cancellation);
        await svn.RunAsync("add", scratch["wc/näme with %20.txt"]);
        await svn.RunAsync("commit", "-m", "First", scratch["wc"]);
        await svn.RunAsync("copy", "-m", "Tag", svn.Url("alpha", "/trunk"), svn.Url("alpha", "/tags/one"));
        await svn.RunAsync("lock", svn.Url("alpha", "/trunk/n%C3%A4me%20with%20%2520.txt"));

        Assert.Equal("ada", await Command.RunAsync("svnlook", "author", node.Directories.Copy(request.Copy)));
        Assert.Equal("text", await svn.RunAsync("cat", svn.Url("alpha", "/tags/one/n%C3%A4me%20with%20%2520.txt")));
    }

    [Fact]
    public async Task Done_twice_is_done_once()
    {
        await using var node = await RunningNode.StartAsync();
        var request = await node.ProvisionAsync("alpha", RepositoryLayout.Standard);

        var again = await node.Get<ProvisionRepository>().RunAsync(request, _cancellation);

        Assert.Equal(1, again.Youngest);
        Assert.Single(CopyPaths.All(node.Directories));
    }

    [Fact]
    public async Task Attempts_at_the_same_time_make_one_repository_each()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var requests = Enumerable.Range(0, 10).Select(i => RunningNode.Request($"r{i}x", RepositoryLayout.Standard)).ToArray();

        await Task.WhenAll(requests.Concat(requests).Select(request => Task.Run(() => node.Get<ProvisionRepository>().RunAsync(request, _cancellation))));

        Assert.Equal(requests.Select(request => request.Copy).ToHashSet(), CopyPaths.All(node.Directories).ToHashSet());
        foreach (var request in requests)
            Assert.Equal("branches/\ntags/\ntrunk/", await svn.RunAsync("list", svn.Url(request.Name.Value)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Directories.Temporary));
    }

    [Fact]
    public async Task Refuses_a_place_that_holds_another_repository()
    {
        await using var node = await RunningNode.StartAsync();
        var request = await node.ProvisionAsync("alpha");

        var refusal = await Assert.ThrowsAsync<StorageException>(
            () => node.Get<ProvisionRepository>().RunAsync(request with { Uuid = Guid.NewGuid() }, _cancellation));

        Assert.Contains("is in its place", refusal.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(node.Directories.Copy(request.Copy)));
    }

    public static TheoryData<int> Steps => [0, 1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task After_an_end_behind_any_step_the_next_attempt_completes_it(int steps)
    {
        using var scratch = new ScratchDirectory();
        var request = RunningNode.Request("alpha", RepositoryLayout.Standard);
        await StopAfterAsync(steps, scratch.Path, request);

        await using var node = await RunningNode.StartInAsync(scratch.Path);
        await using var svn = await node.SvnAsync();
        await node.Get<ProvisionRepository>().RunAsync(request, _cancellation);

        await Command.RunAsync("svnadmin", "verify", "--quiet", node.Directories.Copy(request.Copy));
        Assert.Equal("branches/\ntags/\ntrunk/", await svn.RunAsync("list", svn.Url("alpha")));
        Assert.Single(CopyPaths.All(node.Directories));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task After_an_end_behind_any_step_it_can_be_discarded_and_nothing_is_left(int steps)
    {
        using var scratch = new ScratchDirectory();
        var request = RunningNode.Request("alpha");
        await StopAfterAsync(steps, scratch.Path, request);

        using var host = NodeHost.Build(scratch.Path, [("TrashDays", "0")], services => services.AddHttpd().AddRepositories().AddHostedService<JanitorService>());
        var directories = host.Services.GetRequiredService<NodeDirectories>();
        await host.Services.GetRequiredService<DiscardCopy>().RunAsync(request.Copy, request.Name, _cancellation);
        await host.StartAsync(_cancellation);
        await Eventually.TrueAsync(() => ((string[])[directories.Store, directories.Serve, directories.Temporary, directories.Trash])
            .All(directory => !Directory.EnumerateFileSystemEntries(directory).Any()));
        await host.StopAsync(_cancellation);
    }

    [Fact]
    public async Task Discarding_stops_the_serving_and_spares_a_name_that_serves_something_else_by_now()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var first = await node.ProvisionAsync("alpha");
        var discard = node.Get<DiscardCopy>();

        await discard.RunAsync(first.Copy, first.Name, _cancellation);
        var second = await node.ProvisionAsync("alpha", RepositoryLayout.Standard);
        await discard.RunAsync(first.Copy, first.Name, _cancellation);

        Assert.Equal(second.Copy, Assert.Single(CopyPaths.All(node.Directories)));
        Assert.Equal("branches/\ntags/\ntrunk/", await svn.RunAsync("list", svn.Url("alpha")));
        Assert.Single(Directory.EnumerateDirectories(node.Directories.Trash));
    }

    [Fact]
    public async Task Another_generation_under_the_same_name_shows_its_own_content_at_once()
    {
        await using var node = await RunningNode.StartAsync();
        var first = await node.ProvisionAsync("alpha");
        await using (var svn = await node.SvnAsync())
            Assert.Equal("", await svn.RunAsync("list", svn.Url("alpha")));

        // The same UUID, as after a restore: httpd's caches do not tell the two apart.
        var second = first with { Copy = first.Copy with { Generation = 2 }, Layout = RepositoryLayout.Standard };
        await node.Get<ProvisionRepository>().RunAsync(second, _cancellation);

        await Eventually.TrueAsync(async () =>
        {
            await using var svn = await node.SvnAsync();
            return (await svn.TryAsync("list", svn.Url("alpha"))).StandardOutput.Contains("trunk/", StringComparison.Ordinal);
        });
    }

    /// <summary>Goes so many steps and no further, as if the process had been killed then: what would clean up does not run.</summary>
    private static async Task StopAfterAsync(int steps, string data, ProvisionRequest request)
    {
        using var host = NodeHost.Build(data, [], services => services.AddHttpd().AddRepositories());
        var directories = host.Services.GetRequiredService<NodeDirectories>();
        directories.Create();
        var all = host.Services.GetRequiredService<ProvisionSteps>().All;
        Assert.Equal(Steps.Count - 1, all.Count);
        var attempt = new ProvisionAttempt(request, Path.Combine(directories.Temporary, "attempt"));
        foreach (var step in all.Take(steps))
            step.Run(attempt);
        await Task.CompletedTask;
    }
}
