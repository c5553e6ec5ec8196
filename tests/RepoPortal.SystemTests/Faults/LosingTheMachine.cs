using CliWrap.Buffered;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>The Sunday night: everything but the backups is lost, and what a person does about it is one command.</summary>
public sealed class LosingTheMachine : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_lost_machine_comes_back_from_its_backups_and_working_copies_go_on()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        await CommitAsync(svn, "one");
        await api.ExpectAsync(HttpMethod.Post, "repositories/cores/rename", new { to = "ice-cores" });
        await api.CreateReadyAsync("another");
        var thrown = (await api.CreateReadyAsync("thrown-away", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", $"{thrown}/trunk/mistake", "-m", "before it was thrown away");
        await api.SendAsync(HttpMethod.Delete, "repositories/thrown-away");
        await File.WriteAllTextAsync(Path.Combine(_scratch["wc"], "file"), "drilled");
        await svn.RunAsync("add", "-q", "wc/file");
        await svn.RunAsync("commit", "-q", "wc", "-m", "a file");
        await svn.RunAsync("lock", "wc/file");
        await server.RunAsync(["backup", "run", "--wait"]);

        await server.KillAsync();
        Directory.Delete(server.Data, recursive: true);
        var said = await server.RunAsync(["restore", "--from", Backups]);
        Assert.Contains("3 of 3 repositories are back.", said, StringComparison.Ordinal);
        Assert.Contains("1 lock came back with it", said, StringComparison.Ordinal);
        await server.RestartAsync();
        Assert.Contains("Lock Owner: mei", await svn.RunAsync("info", new Uri(server.Address, "repos/ice-cores/trunk/file").ToString()), StringComparison.Ordinal);
        await svn.RunAsync("unlock", "wc/file");

        // What was in the trash is there again, reached by nobody until it is taken back.
        Assert.Equal("deleted", (await api.ExpectAsync(HttpMethod.Get, "repositories/thrown-away")).GetProperty("state").GetString());
        Assert.Contains("It is in the trash, as before, until", said, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => svn.RunAsync("ls", thrown));
        await api.ExpectAsync(HttpMethod.Post, "repositories/thrown-away/undelete", new { });
        Assert.Contains("mistake/", await svn.RunAsync("ls", $"{thrown}/trunk"), StringComparison.Ordinal);

        // The old working copy, with the old name and the old token, before and after an update.
        await CommitAsync(svn, "two");
        await svn.RunAsync("update", "wc");
        await CommitAsync(svn, "three");
        var log = await svn.RunAsync("log", "-q", new Uri(server.Address, "repos/ice-cores").ToString());
        Assert.Contains("r5 | mei", log, StringComparison.Ordinal);
        Assert.Contains("r1 | mei", log, StringComparison.Ordinal);
        // And it is protected again.
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify"]);
        Assert.Contains("all whole", await server.RunAsync(["audit", "verify"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_does_one_whose_record_is_in_PostgreSQL()
    {
        await using var postgres = await Postgres.StartAsync();
        await using var server = await StartAsync($"RepoPortal__Database={postgres.Connection}");
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        await CommitAsync(svn, "one");
        await server.RunAsync(["backup", "run", "--wait"]);

        await server.KillAsync();
        Directory.Delete(server.Data, recursive: true);
        await postgres.EmptyAsync();
        Assert.Contains("1 of 1 repository is back.", await server.RunAsync(["restore", "--from", Backups]), StringComparison.Ordinal);
        await server.RestartAsync();

        await CommitAsync(svn, "two");
        Assert.Contains("r3 | mei", await svn.RunAsync("log", "-q", url), StringComparison.Ordinal);
        Assert.Contains("all whole", await server.RunAsync(["audit", "verify"]), StringComparison.Ordinal);
    }

    [Fact, Trait("Length", "long")]
    public async Task A_machine_that_is_lost_with_its_backups_comes_back_from_off_site()
    {
        var configuration = _scratch["rclone.conf"];
        await File.WriteAllTextAsync(configuration, $"[offsite]\ntype = crypt\nremote = {_scratch["elsewhere"]}\npassword = {(await RcloneAsync("obscure", "a passphrase")).Trim()}\n", TestContext.Current.CancellationToken);
        await using var server = await StartAsync(
            "RepoPortal__Backup__OffSite__Remote=offsite:repoportal", $"RepoPortal__Backup__OffSite__ConfigFile={configuration}", "RepoPortal__Backup__OffSite__Interval=00:01:00");
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        await CommitAsync(svn, "one");
        await server.RunAsync(["backup", "run", "--wait"]);
        var backedUp = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await server.RunAsync(["backup", "run", "--wait"]);
        // The record goes last.
        await Eventually.TrueAsync(
            async () => (await RcloneAsync("--config", configuration, "lsf", "-R", "offsite:repoportal")).Split('\n')
                .Any(file => file.StartsWith("record/", StringComparison.Ordinal) && file.Contains("Z/", StringComparison.Ordinal) && string.CompareOrdinal(file["record/".Length..], backedUp) > 0),
            TimeSpan.FromSeconds(100));

        await server.KillAsync();
        Directory.Delete(server.Data, recursive: true);
        Directory.Delete(Backups, recursive: true);
        await RcloneAsync("--config", configuration, "copy", "offsite:repoportal", Backups);
        Assert.Contains("1 of 1 repository is back.", await server.RunAsync(["restore", "--from", Backups]), StringComparison.Ordinal);
        await server.RestartAsync();

        await CommitAsync(svn, "two");
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify"]);
    }

    [Fact]
    public async Task Revisions_that_the_record_knows_and_the_backup_lost_are_named_and_not_given_out_again()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        await CommitAsync(svn, "one");
        await server.RunAsync(["backup", "run", "--wait"]);
        var old = Copy(RepositoryBackups);
        await CommitAsync(svn, "two");
        await CommitAsync(svn, "three");
        await server.RunAsync(["backup", "run", "--wait"]);

        // The disk of the backups lost its last day, but not the record.
        Directory.Delete(RepositoryBackups, recursive: true);
        Directory.Move(old, RepositoryBackups);
        await server.KillAsync();
        Directory.Delete(server.Data, recursive: true);
        var said = await server.RunAsync(["restore", "--from", Backups]);
        Assert.Contains("Revisions 3 to 4 are lost and stay empty. The next commit becomes 5.", said, StringComparison.Ordinal);

        await server.RestartAsync();
        Assert.Contains("Committed revision 5.", await svn.RunAsync("mkdir", $"{url}/after", "-m", "after"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_commits_after_the_last_backup_are_not_given_out_again()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        await server.RunAsync(["backup", "run", "--wait"]);
        await CommitAsync(svn, "nobody-else-knows");
        await svn.RunAsync("update", "wc");

        await server.KillAsync();
        Directory.Delete(server.Data, recursive: true);
        var said = await server.RunAsync(["restore", "--from", Backups]);
        Assert.Contains("may have been given out to commits that nothing here knows of", said, StringComparison.Ordinal);

        await server.RestartAsync();
        var committed = await svn.RunAsync("mkdir", $"{url}/after", "-m", "after");
        var number = long.Parse(committed.Split("Committed revision ")[1].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(number, 3, 64);
    }

    [Fact]
    public async Task Nothing_is_restored_over_data_that_is_there_or_from_what_is_no_backup()
    {
        await using var server = await StartAsync();
        await server.AddUserAsync("mei");
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.StopAsync();
        var over = await server.TryRunAsync(["restore", "--from", Backups]);
        Assert.Equal(1, over.ExitCode);
        Assert.Contains("is not empty", over.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(server.Data, "portal.db")));

        Directory.Delete(server.Data, recursive: true);
        var from = await server.TryRunAsync(["restore", "--from", _scratch.Path]);
        Assert.Equal(1, from.ExitCode);
        Assert.Contains("is no directory of backups", from.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kills_while_backups_are_under_way_lose_nothing_and_it_goes_on_by_itself()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        for (var kill = 0; kill < 4; kill++)
        {
            await CommitAsync(svn, $"commit-{kill}");
            await server.RunAsync(["backup", "run"]);
            await Task.Delay(kill * 120, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await server.RestartAsync();
        }

        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify", "cores"]);
        await CommitAsync(svn, "after");
        await server.RunAsync(["backup", "run", "--wait"]);
        Assert.Equal(6, (await api.ExpectAsync(HttpMethod.Get, "repositories/cores/promise")).GetProperty("backup").GetProperty("revision").GetInt64());
    }

    public void Dispose() => _scratch.Dispose();

    private string Backups => Directory.CreateDirectory(_scratch["backups"]).FullName;

    private string RepositoryBackups => Path.Combine(Backups, "nodes");

    private static async Task<string> RcloneAsync(params string[] arguments) =>
        (await CliWrap.Cli.Wrap("rclone").WithArguments(arguments).ExecuteBufferedAsync(TestContext.Current.CancellationToken)).StandardOutput;

    private Task<RunningServer> StartAsync(params string[] settings) =>
        RunningServer.StartAsync([$"RepoPortal__Backup__Directory={Backups}", "RepoPortal__Backup__SameFileSystem=true", .. settings]);

    private async Task CommitAsync(SvnClient svn, string name)
    {
        await svn.RunAsync("mkdir", $"wc/{name}");
        await svn.RunAsync("commit", "wc", "-m", name);
    }

    private string Copy(string directory)
    {
        var copy = _scratch["copy"];
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (new FileInfo(file).LinkTarget is { } link)
                File.CreateSymbolicLink(to, link);
            else
                File.Copy(file, to);
        }

        return copy;
    }
}
