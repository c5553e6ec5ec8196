using System.Diagnostics;
using System.Globalization;
using System.Net;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>Everything survives a restart, and a kill at any moment.</summary>
public sealed class Survival : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_restart_keeps_people_repositories_and_working_copies()
    {
        await using var server = await RunningServer.StartAsync();
        var (svn, url) = await WorkingCopyAsync(server);
        await server.StopAsync();
        await server.RestartAsync();
        await svn.RunAsync("mkdir", "wc/after");
        Assert.Contains("Committed revision 1.", await svn.RunAsync("commit", "wc", "-m", "after the restart"), StringComparison.Ordinal);
        Assert.Contains("after/", await svn.RunAsync("ls", url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_server_leaves_no_httpd_and_starts_again_on_the_same_data()
    {
        await using var server = await RunningServer.StartAsync();
        var (svn, _) = await WorkingCopyAsync(server);
        var httpd = HttpdProcesses(server);
        Assert.NotEmpty(httpd);
        await server.KillAsync();
        await Eventually.TrueAsync(() => Task.FromResult(HttpdProcesses(server).Count == 0));
        await server.RestartAsync();
        await svn.RunAsync("mkdir", "wc/after");
        await svn.RunAsync("commit", "wc", "-m", "after the kill");
    }

    [Fact]
    public async Task A_killed_httpd_is_back_and_requests_meanwhile_are_held()
    {
        await using var server = await RunningServer.StartAsync();
        var (svn, url) = await WorkingCopyAsync(server);
        var before = HttpdProcesses(server);
        foreach (var process in before)
            Signal.Send(process, Signal.Kill);
        await svn.RunAsync("ls", url);
        Assert.Empty(HttpdProcesses(server).Intersect(before));
    }

    [Fact]
    public async Task Kills_at_random_moments_of_creation_leave_each_repository_ready_or_absent()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        const int Kills = 5;
        for (var kill = 0; kill < Kills; kill++)
        {
            // Several creations are under way when the kill comes, each at another step; later kills come later.
            var creations = Enumerable.Range(0, 6).Select(number => RunningServer.IgnoringTheKillAsync(api.CreateAsync($"born-{kill}-{number}", layout: "standard"))).ToList();
            await Task.Delay(kill * 25, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await Task.WhenAll(creations);
            await server.RestartAsync();
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            for (var number = 0; number < 6; number++)
                await SettlesAsync(api, server, token, $"born-{kill}-{number}");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.Data, "nodes", "node-1", "tmp")));
    }

    [Fact]
    public async Task Kills_at_random_moments_of_a_rename_leave_the_old_name_working_and_the_new_one_whole_or_free()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        const int Kills = 4;
        for (var kill = 0; kill < Kills; kill++)
        {
            for (var number = 0; number < 3; number++)
                await api.CreateReadyAsync($"before-{kill}-{number}", layout: "standard");
            // Several are under way when the kill comes, each at another step; later kills come later.
            var renames = Enumerable.Range(0, 3).Select(number => RunningServer.IgnoringTheKillAsync(
                api.SendAsync(HttpMethod.Post, $"repositories/before-{kill}-{number}/rename", new { to = $"after-{kill}-{number}" }))).ToList();
            await Task.Delay(kill * 15, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await Task.WhenAll(renames);
            await server.RestartAsync();
        }

        var svn = new SvnClient(_scratch.Path, "mei", token);
        foreach (var pair in Enumerable.Range(0, Kills).SelectMany(kill => Enumerable.Range(0, 3).Select(number => $"{kill}-{number}")))
        {
            var name = (await api.GetAsync($"repositories/before-{pair}")).Body.GetProperty("name").GetString();
            Assert.Contains(name, new[] { $"before-{pair}", $"after-{pair}" });
            Assert.Contains("trunk/", await svn.RunAsync("ls", new Uri(server.Address, $"repos/before-{pair}").ToString()), StringComparison.Ordinal);
            if (name == $"after-{pair}")
                await Eventually.TrueAsync(async () => (await svn.TryAsync("ls", new Uri(server.Address, $"repos/{name}").ToString())).IsSuccess, TimeSpan.FromSeconds(30));
            else
                await api.CreateReadyAsync($"after-{pair}");
        }
    }

    [Fact]
    public async Task Commits_that_were_acknowledged_before_a_kill_are_in_the_record_afterwards()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var url = (await api.CreateReadyAsync("counted")).GetProperty("svnUrl").GetString()!;
        var svn = new SvnClient(_scratch.Path, "mei", token);
        for (var revision = 1; revision <= 5; revision++)
            await svn.RunAsync("mkdir", $"{url}/{revision}", "-m", $"commit {revision}");
        await server.KillAsync();
        await server.RestartAsync();
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/counted")).Body.GetProperty("youngest").GetInt64() == 5);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(SvnClient Svn, string Url)> WorkingCopyAsync(RunningServer server)
    {
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var url = (await api.CreateReadyAsync("kept")).GetProperty("svnUrl").GetString()!;
        var svn = new SvnClient(_scratch.Path, "mei", token);
        await svn.RunAsync("checkout", "-q", url, "wc");
        return (svn, url);
    }

    private async Task SettlesAsync(Api api, RunningServer server, string token, string name)
    {
        var state = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var (status, body) = await api.GetAsync($"repositories/{name}");
                state = status == HttpStatusCode.NotFound ? "absent" : body.GetProperty("state").GetString()!;
                return state is "absent" or "ready";
            },
            TimeSpan.FromSeconds(30));
        var listing = await new SvnClient(_scratch.Path, "mei", token).TryAsync("ls", new Uri(server.Address, $"repos/{name}").ToString());
        Assert.Equal(state == "ready", listing.IsSuccess);
        if (state == "ready")
            Assert.Contains("trunk/", listing.StandardOutput, StringComparison.Ordinal);
    }

    // By the configuration file on the command line, which only this server's httpd has.
    private static List<int> HttpdProcesses(RunningServer server)
    {
        var configuration = Path.Combine(server.Data, "nodes", "node-1", "httpd", "httpd.conf");
        var found = new List<int>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    var id = process.Id.ToString(CultureInfo.InvariantCulture);
                    if (File.ReadAllText($"/proc/{id}/cmdline").Contains(configuration, StringComparison.Ordinal))
                        found.Add(process.Id);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Gone meanwhile, or somebody else's.
                }
            }
        }

        return found;
    }
}
