using System.Diagnostics;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Commands;

/// <summary>Taking a repository away by the command line, and what happens to it when the server dies meanwhile.</summary>
public sealed class Exporting : IDisposable
{
    // A server that died holds its tasks for a quarter of a minute.
    // What is written stands behind everybody else's work, here that of the other tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Scratch _scratch = new();

    [Fact]
    public async Task Writes_a_file_that_svnadmin_loads_and_never_over_another()
    {
        await using var server = await RunningServer.StartAsync();
        var (api, svn, url) = await RepositoryAsync(server);
        using var disposed = api;

        var said = await server.RunAsync(["repository", "export", "cores", "--to", _scratch["cores.gz"]]);

        await LoadAsync("cores.gz", "loaded");
        Assert.Contains($"SHA-256 {(await ShellAsync("sha256sum < \"$0\"", _scratch["cores.gz"]))[..64]}", said, StringComparison.Ordinal);
        Assert.Equal(await svn.RunAsync("log", "-v", url), await svn.RunAsync("log", "-v", new Uri(_scratch["loaded"]).AbsoluteUri));
        var again = await server.TryRunAsync(["repository", "export", "cores", "--to", _scratch["cores.gz"]]);
        Assert.Equal((1, true), (again.ExitCode, again.Error.Contains("is there already; name another file.", StringComparison.Ordinal)));

        // What was committed since is loaded onto it.
        await svn.RunAsync("mkdir", "-m", "later", $"{url}/later");
        await server.RunAsync(["repository", "export", "cores", "--to", _scratch["later.gz"], "--revision", "3:3", "--incremental"]);
        await LoadAsync("later.gz", "loaded");
        Assert.Equal(await svn.RunAsync("ls", "-R", url), await svn.RunAsync("ls", "-R", new Uri(_scratch["loaded"]).AbsoluteUri));
        await server.RunAsync(["repository", "export", "cores", "--to", _scratch["cores.tar.zst"], "--revision", "2", "--archive", "--zstd"]);
        await ShellAsync("zstd -dc \"$0\" | tar -xf - -C \"$1\" && svnadmin verify -q \"$1\"/cores", _scratch["cores.tar.zst"], _scratch.Path);

        // The command leaves none of the few that are kept.
        Assert.Equal(0, (await api.ExpectAsync(HttpMethod.Get, "repositories/cores/exports")).GetArrayLength());
        foreach (var (arguments, sentence) in new[]
        {
            ((string[])["cores", "--to", _scratch["x"], "--revision", "9"], "There is no revision 9"),
            (["nothing", "--to", _scratch["x"]], "There is no such repository"),
            (["cores", "--to", "/nowhere/x"], "could not be written to '/nowhere/x'"),
            (["cores", "--to", _scratch["x"], "--revision", "one"], "Revisions are written as"),
        })
        {
            var refused = await server.TryRunAsync(["repository", "export", .. arguments]);
            Assert.Equal((1, true), (refused.ExitCode, refused.Error.Contains(sentence, StringComparison.Ordinal)));
        }

        await server.StopAsync();
        Assert.Contains("No server runs", (await server.TryRunAsync(["repository", "export", "cores", "--to", _scratch["x"]])).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch["x"]));
    }

    [Fact]
    public async Task Kills_while_it_is_made_leave_nothing_half_and_it_goes_on_by_itself()
    {
        await using var server = await RunningServer.StartAsync();
        var (api, svn, url) = await RepositoryAsync(server);
        using var disposed = api;
        // Enough to take a while; what is random does not compress.
        await ShellAsync("head -c 64000000 /dev/urandom > \"$0\"", _scratch["noise"]);
        await svn.RunAsync("import", "-q", "-m", "a long file", _scratch["noise"], $"{url}/noise");
        var task = await api.ExpectAsync(HttpMethod.Post, "repositories/cores/exports", new { });
        var id = task.GetProperty("id").GetGuid();
        var exports = Path.Combine(server.Data, "nodes", "node-1", "exports");

        for (var kill = 0; kill < 2; kill++)
        {
            await Eventually.TrueAsync(() => Task.FromResult(Directory.Exists(exports) && Directory.EnumerateFiles(exports, "*.partial").Any(file => new FileInfo(file).Length > 0)), Patience);
            await server.KillAsync();
            Assert.False(File.Exists(Path.Combine(exports, id.ToString("n"))));
            await Eventually.TrueAsync(() => Task.FromResult(!Process.GetProcessesByName("svnadmin").Any(process => BelongsTo(process, server.Data))));
            File.WriteAllText(Directory.EnumerateFiles(exports, "*.partial").Single(), "");
            await server.RestartAsync();
        }

        await Eventually.TrueAsync(async () => (await api.ExpectAsync(HttpMethod.Get, $"tasks/{id}")).GetProperty("state").GetString() == "done", Patience);
        Assert.Equal([Path.Combine(exports, id.ToString("n"))], Directory.EnumerateFiles(exports));
        await ShellAsync("gzip -dc < \"$0\" > /dev/null && svnadmin create \"$1\" && gzip -dc < \"$0\" | svnadmin load -q \"$1\"", Path.Combine(exports, id.ToString("n")), _scratch["loaded"]);
        Assert.Contains("noise", await svn.RunAsync("ls", new Uri(_scratch["loaded"]).AbsoluteUri), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_up_while_it_is_made_nothing_of_it_is_left()
    {
        await using var server = await RunningServer.StartAsync();
        var (api, svn, url) = await RepositoryAsync(server);
        using var disposed = api;
        await ShellAsync("head -c 64000000 /dev/urandom > \"$0\"", _scratch["noise"]);
        await svn.RunAsync("import", "-q", "-m", "a long file", _scratch["noise"], $"{url}/noise");
        var id = (await api.ExpectAsync(HttpMethod.Post, "repositories/cores/exports", new { })).GetProperty("id").GetGuid();
        var exports = Path.Combine(server.Data, "nodes", "node-1", "exports");
        await Eventually.TrueAsync(() => Task.FromResult(Directory.Exists(exports) && Directory.EnumerateFiles(exports, "*.partial").Any(file => new FileInfo(file).Length > 0)), Patience);

        var cancelled = await api.ExpectAsync(HttpMethod.Post, $"tasks/{id}/cancel", new { });

        Assert.Equal("failed", cancelled.GetProperty("state").GetString());
        await Eventually.TrueAsync(() => Task.FromResult(!Directory.EnumerateFileSystemEntries(exports).Any() && !Process.GetProcessesByName("svnadmin").Any(process => BelongsTo(process, server.Data))), Patience);
        Assert.Equal(0, (await api.ExpectAsync(HttpMethod.Get, "repositories/cores/exports")).GetArrayLength());
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(Api Api, SvnClient Svn, string Url)> RepositoryAsync(RunningServer server)
    {
        var token = await server.AddUserAsync("mei");
        var (api, svn) = (new Api(server.Address, token), new SvnClient(_scratch.Path, "mei", token));
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", "-m", "one", $"{url}/one");
        return (api, svn, url);
    }

    private async Task LoadAsync(string dump, string repository) =>
        await ShellAsync("test -d \"$1\" || svnadmin create \"$1\"; gzip -dc < \"$0\" | svnadmin load -q \"$1\"", _scratch[dump], _scratch[repository]);

    private static bool BelongsTo(Process process, string data) =>
        File.Exists($"/proc/{process.Id}/cmdline") && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(data, StringComparison.Ordinal);

    private static async Task<string> ShellAsync(string script, params string[] arguments)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return shell.ExitCode == 0 ? await output : throw new InvalidOperationException($"{script}: {await error}");
    }
}
