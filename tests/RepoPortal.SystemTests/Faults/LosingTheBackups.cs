using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>The disk of the backups is full, read-only, away or slow, or svnadmin is ended in the middle: commits go on, what was backed up stays, and the page says how it stands.</summary>
public sealed class LosingTheBackups : IDisposable
{
    // Ends or stops itself as the test wants it to, as the real one would be.
    private const string Wrapper = """
        #!/bin/sh
        flag=$(dirname "$0")/$1
        if [ -e "$flag" ]; then
            signal=$(cat "$flag")
            echo $$ > "$flag.process"
            rm "$flag"
            kill -s "$signal" $$
        fi
        exec /usr/bin/svnadmin "$@"
        """;

    private readonly Scratch _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_disk_that_is_full_read_only_or_away_breaks_the_promise_with_one_mail_and_mends_it_with_one() => OwnMounts.RunAsync(typeof(LosingTheBackups), nameof(Fills_and_takes_away_the_disk));

    [Fact(Explicit = true)]
    public async Task Fills_and_takes_away_the_disk()
    {
        var (disk, drawer) = (Directory.CreateDirectory(_scratch["disk"]).FullName, Directory.CreateDirectory(_scratch["drawer"]).FullName);
        OwnMounts.Mount(disk, megabytes: 16);
        using var mounted = OwnMounts.Until(disk, drawer);
        await using var server = await RunningServer.StartAsync($"RepoPortal__Backup__Directory={disk}");
        var (api, svn, url) = await BackedUpAsync(server);
        using var _ = api;
        Assert.Equal("kept", await StateAsync(api));

        var ballast = OwnMounts.Fill(disk);
        await CommitNoiseAsync(svn, 3);
        await FailsAsync(server, "the disk for backups is full");
        Assert.Equal(("at-risk", 2), (await StateAsync(api), await BackedUpToAsync(api)));
        Assert.Contains("full", (await PromiseAsync(api)).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("Restored as of r2", await server.RunAsync(["restore", "cores", "--revision", "2", "--as", "earlier"]), StringComparison.Ordinal);
        File.Delete(ballast);
        await MendedAsync(server, api, 3);

        OwnMounts.Change(disk, megabytes: 16, readOnly: true);
        await CommitNoiseAsync(svn, 4);
        await FailsAsync(server, "the disk for backups cannot be written to: it is read-only");
        Assert.Equal(("at-risk", 3), (await StateAsync(api), await BackedUpToAsync(api)));
        await server.RunAsync(["backup", "verify", "cores"]);
        OwnMounts.Change(disk, megabytes: 16);
        await MendedAsync(server, api, 4);

        OwnMounts.Keep(disk, drawer);
        OwnMounts.TakeAway(disk);
        await CommitNoiseAsync(svn, 5);
        await FailsAsync(server, "is its disk mounted?");
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        Assert.Equal(("at-risk", 4), (await StateAsync(api), await BackedUpToAsync(api)));
        // More than the promised hour later; a round begins with the server.
        await server.StopAsync();
        await server.SqlAsync($"UPDATE Protections SET UnprotectedSince = UnprotectedSince - {TimeSpan.FromHours(2).Ticks}");
        await server.RestartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(server.CountMails("The promise for cores is broken") == 1), TimeSpan.FromSeconds(60));
        Assert.Equal("broken", await StateAsync(api));
        await FailsAsync(server, "is its disk mounted?");

        OwnMounts.Keep(drawer, disk);
        await MendedAsync(server, api, 5);
        await server.StopAsync();
        await server.RestartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(server.CountMails("The promise for cores is no longer broken") == 1), TimeSpan.FromSeconds(60));
        Assert.Equal(1, server.CountMails("The promise for cores is broken"));
        Assert.Contains("Committed revision 6.", await svn.RunAsync("mkdir", $"{url}/after", "-m", "after"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_disk_keeps_nobody_waiting_and_whoever_ends_svnadmin_does_no_harm()
    {
        var program = _scratch["svnadmin"];
        await File.WriteAllTextAsync(program, Wrapper, Cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var server = await RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true", $"RepoPortal__StorageNode__SvnAdminProgram={program}");
        var (api, svn, url) = await BackedUpAsync(server);
        using var _ = api;

        // Stopped in the middle, as by a disk that does not answer.
        await File.WriteAllTextAsync(_scratch["hotcopy"], "STOP", Cancellation);
        await CommitNoiseAsync(svn, 3);
        await server.RunAsync(["backup", "run", "cores"]);
        var stopped = await ProcessAsync("hotcopy");
        var since = Stopwatch.StartNew();
        // Longer than a task is believed to go on without a word.
        for (var revision = 4; since.Elapsed < TimeSpan.FromSeconds(17); revision++)
        {
            await CommitNoiseAsync(svn, revision);
            Assert.Equal(2, await BackedUpToAsync(api));
            Assert.Equal("kept", await StateAsync(api));
            await Task.Delay(1000, Cancellation);
        }

        Assert.Equal(1, await server.CountAsync("SELECT count(*) FROM Tasks WHERE Kind = 0 AND State = 1"));
        Signal.Send(stopped, Signal.Continue);
        var youngest = (await api.ExpectAsync(HttpMethod.Get, "repositories/cores")).GetProperty("youngest").GetInt64();
        await MendedAsync(server, api, youngest);
        Assert.Equal(0, await server.CountAsync("SELECT count(*) FROM Tasks WHERE Kind = 0 AND State = 3"));

        // Ended from outside: what was not found out is no damage, and the next attempt is as good as any.
        foreach (var (subcommand, command) in new[] { ("hotcopy", "run"), ("verify", "verify") })
        {
            await svn.RunAsync("mkdir", $"{url}/{subcommand}", "-m", "more");
            await File.WriteAllTextAsync(_scratch[subcommand], "KILL", Cancellation);
            var failed = await server.TryRunAsync(command == "run" ? ["backup", "run", "cores", "--wait"] : ["backup", "verify", "cores"]);
            Assert.Contains("svnadmin ended with 137", failed.Error, StringComparison.Ordinal);
            Assert.Equal("at-risk", await StateAsync(api));
            await MendedAsync(server, api, ++youngest);
        }

        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(server.Data, "backups"), "*.damaged-*", SearchOption.AllDirectories));
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(Api Api, SvnClient Svn, string Url)> BackedUpAsync(RunningServer server)
    {
        var token = await server.AddUserAsync("mei", "--admin");
        var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", "-q", $"{url}/trunk", "wc");
        await CommitNoiseAsync(svn, 2);
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify", "cores"]);
        await server.RunAsync(["drill", "cores"]);
        return (api, svn, url);
    }

    private async Task CommitNoiseAsync(SvnClient svn, long revision)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"wc/noise-{revision}");
        await File.WriteAllBytesAsync(_scratch[name], RandomNumberGenerator.GetBytes(50_000), Cancellation);
        await svn.RunAsync("add", "-q", name);
        Assert.Contains($"Committed revision {revision}.", await svn.RunAsync("commit", "wc", "-m", "with noise"), StringComparison.Ordinal);
    }

    private async Task<int> ProcessAsync(string subcommand)
    {
        var note = _scratch[$"{subcommand}.process"];
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(note) && new FileInfo(note).Length > 0));
        return int.Parse(await File.ReadAllTextAsync(note, Cancellation), CultureInfo.InvariantCulture);
    }

    private static async Task FailsAsync(RunningServer server, string reason)
    {
        var failed = await server.TryRunAsync(["backup", "run", "cores", "--wait"]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains(reason, failed.Error, StringComparison.Ordinal);
    }

    private static async Task MendedAsync(RunningServer server, Api api, long revision)
    {
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify", "cores"]);
        Assert.Equal(("kept", revision), (await StateAsync(api), await BackedUpToAsync(api)));
    }

    private static Task<JsonElement> PromiseAsync(Api api) => api.ExpectAsync(HttpMethod.Get, "repositories/cores/promise");

    private static async Task<string> StateAsync(Api api) => (await PromiseAsync(api)).GetProperty("state").GetString()!;

    private static async Task<long> BackedUpToAsync(Api api) => (await PromiseAsync(api)).GetProperty("backup").GetProperty("revision").GetInt64();
}
