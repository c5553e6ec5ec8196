using System.Net.Sockets;
using System.Text;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Hooks;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Hooks;

public sealed class HooksTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_commit_is_reported_to_the_grain_of_its_repository_by_whatever_road_it_came()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var alpha = await node.ProvisionAsync("alpha");
        var beta = await node.ProvisionAsync("beta", RepositoryLayout.Standard);

        await svn.RunAsync("mkdir", "-m", "One", svn.Url("alpha", "/one"));
        await svn.RunAsync("mkdir", "-m", "Two", svn.Url("alpha", "/two"));
        await svn.RunAsync("mkdir", "-m", "Around httpd", new Uri(node.Directories.Copy(beta.Copy)).AbsoluteUri + "/three");

        await Eventually.TrueAsync(() => node.Grains.Heard.Count == 3);
        Assert.Equal([(alpha.Copy.Repository, 1), (alpha.Copy.Repository, 2), (beta.Copy.Repository, 2L)], node.Grains.Heard.Order(ByRevision));
    }

    [Fact]
    public async Task A_report_is_repeated_until_it_is_heard()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var alpha = await node.ProvisionAsync("alpha");
        node.Grains.Failures = 1;

        await svn.RunAsync("mkdir", "-m", "One", svn.Url("alpha", "/one"));

        await Eventually.TrueAsync(() => !node.Grains.Heard.IsEmpty);
        Assert.Equal((alpha.Copy.Repository, 1), node.Grains.Heard.Single());
        await Eventually.TrueAsync(() => node.Get<CommitReports>().AllHeard);
    }

    [Fact]
    public async Task A_commit_that_nobody_heard_of_is_reported_at_the_next_start_and_an_old_one_is_not()
    {
        using var scratch = new ScratchDirectory();
        ProvisionRequest missed, old;
        string heard;
        await using (var node = await RunningNode.StartInAsync(scratch.Path))
        {
            missed = await node.ProvisionAsync("missed", RepositoryLayout.Standard);
            old = await node.ProvisionAsync("old", RepositoryLayout.Standard);
            heard = Path.Combine(node.Directories.Hook, "heard");
            await Eventually.TrueAsync(() => File.Exists(heard));
            File.SetLastWriteTimeUtc(Path.Combine(node.Directories.Copy(old.Copy), "db", "current"), File.GetLastWriteTimeUtc(heard) - TimeSpan.FromHours(1));
        }

        await using var next = await RunningNode.StartInAsync(scratch.Path);

        await Eventually.TrueAsync(() => !next.Grains.Heard.IsEmpty);
        Assert.Equal((missed.Copy.Repository, 1), Assert.Single(next.Grains.Heard));
    }

    [Fact]
    public async Task While_the_node_is_away_a_commit_is_refused_with_a_sentence()
    {
        using var scratch = new ScratchDirectory();
        string repository;
        await using (var node = await RunningNode.StartInAsync(scratch.Path))
            repository = node.Directories.Copy((await node.ProvisionAsync("alpha")).Copy);

        var refused = await Command.TryAsync("svn", "mkdir", "-m", "Unseen", new Uri(repository).AbsoluteUri + "/one");

        Assert.False(refused.IsSuccess);
        Assert.Contains("RepoPortal is not running on this server, so nothing was changed.", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal("0", await Command.RunAsync("svnlook", "youngest", repository));
    }

    [Fact]
    public async Task When_the_node_goes_away_after_the_fact_the_client_is_not_alarmed()
    {
        using var scratch = new ScratchDirectory();
        string hook;
        await using (var node = await RunningNode.StartInAsync(scratch.Path))
            hook = Path.Combine(node.Directories.Copy((await node.ProvisionAsync("alpha")).Copy), "hooks", "post-commit");

        var result = await Command.TryAsync(hook, "/anywhere", "1", "0-0");

        Assert.Equal((0, "", ""), (result.ExitCode, result.StandardOutput, result.StandardError));
    }

    [Fact]
    public async Task A_repository_that_is_not_of_this_node_and_an_unknown_hook_are_refused()
    {
        using var scratch = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        var alpha = node.Directories.Copy((await node.ProvisionAsync("alpha")).Copy);
        var installed = Path.Combine(node.Directories.Hook, "repoportal-hook");
        File.CreateSymbolicLink(scratch["start-commit"], installed);

        var foreign = await Command.TryAsync(Path.Combine(alpha, "hooks", "pre-commit"), scratch.Path, "0-0");
        var unknown = await Command.TryAsync(scratch["start-commit"], alpha, "ada");

        Assert.Equal((1, $"'{scratch.Path}' is not a repository of this server.\n"), (foreign.ExitCode, foreign.StandardError));
        Assert.Equal((1, "RepoPortal does not know the hook 'start-commit'.\n"), (unknown.ExitCode, unknown.StandardError));
    }

    [Fact]
    public async Task Garbage_on_the_socket_is_refused_and_does_no_harm()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        await node.ProvisionAsync("alpha");
        byte[][] garbage =
        [
            [],
            [0],
            [0, 0, 0],
            "GET / HTTP/1.1\r\n\r\n"u8.ToArray(),
            "pre-commit\0relative/path\0"u8.ToArray(),
            "pre-commit\0/no/end"u8.ToArray(),
            [0xff, 0xfe, 0x00, 0x2f, 0xff, 0x00],
            Encoding.ASCII.GetBytes(new string('x', 1_000_000)),
        ];

        foreach (var message in garbage)
            Assert.NotEqual(0, await SendAsync(Path.Combine(node.Directories.Hook, "socket"), message));

        await svn.RunAsync("mkdir", "-m", "Still works", svn.Url("alpha", "/one"));
    }

    [Fact]
    public async Task Hooks_that_say_nothing_do_not_hold_up_others()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        await node.ProvisionAsync("alpha");
        var silent = Enumerable.Range(0, 100).Select(_ => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)).ToList();
        foreach (var socket in silent)
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(node.Directories.Hook, "socket")), _cancellation);

        await svn.RunAsync("mkdir", "-m", "One", svn.Url("alpha", "/one"));

        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Refuses_a_data_directory_whose_path_is_too_long_for_a_socket()
    {
        using var scratch = new ScratchDirectory();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningNode.StartInAsync(scratch[new string('x', 100)]));

        Assert.Contains("too long for a socket", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_to_make_the_hook_program_when_it_is_missing()
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningNode.StartAsync(("HookProgram", "/nonexistent/hook")));

        Assert.Contains("dotnet publish src/RepoPortal.Hook", refusal.Message, StringComparison.Ordinal);
    }

    private static readonly Comparer<(RepositoryId Repository, long Youngest)> ByRevision =
        Comparer<(RepositoryId Repository, long Youngest)>.Create((a, b) => (a.Repository.Value, a.Youngest).CompareTo((b.Repository.Value, b.Youngest)));

    /// <summary>Sends, says that this was all, and returns the exit code that came back; -1 when there was none.</summary>
    private async Task<int> SendAsync(string path, byte[] message)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), _cancellation);
        try
        {
            await socket.SendAsync(message, _cancellation);
            socket.Shutdown(SocketShutdown.Send);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, _cancellation) == 0 ? -1 : answer[0];
        }
        catch (SocketException)
        {
            // Cut off in the middle of too much.
            return -1;
        }
    }
}
