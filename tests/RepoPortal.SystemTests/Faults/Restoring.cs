using System.Net;
using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>Restores of single repositories under bad circumstances: after damage, two at once, and killed on the way.</summary>
public sealed class Restoring : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task Damage_breaks_the_promise_is_told_once_never_reaches_the_backup_and_is_mended_by_a_restore_in_place()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", $"{url}/trunk/one", "-m", "one");
        await server.RunAsync(["backup", "run", "cores", "--wait"]);
        // The first one, which the clock begins by itself, would count for the one below, and may have read what is damaged then.
        await server.RunAsync(["backup", "verify", "cores"]);

        StoredRevision.Flip(Path.Combine(server.Data, "nodes", "node-1", "store"));
        var found = await server.TryRunAsync(["backup", "verify", "cores"]);
        Assert.Contains("is damaged", found.Error, StringComparison.Ordinal);
        Assert.Equal("broken", (await api.ExpectAsync(HttpMethod.Get, "repositories/cores/promise")).GetProperty("state").GetString());
        await Eventually.TrueAsync(() => Task.FromResult(server.CountMails("is broken") == 1), TimeSpan.FromSeconds(60));

        await api.FollowAsync(await api.ExpectAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true }));
        Assert.Contains("one/", await svn.RunAsync("ls", $"{url}/trunk"), StringComparison.Ordinal);
        Assert.Contains("Committed revision 3.", await svn.RunAsync("mkdir", $"{url}/trunk/two", "-m", "two"), StringComparison.Ordinal);
        await server.RunAsync(["backup", "run", "cores", "--wait"]);
        await server.RunAsync(["backup", "verify", "cores"]);
        await Eventually.TrueAsync(() => Task.FromResult(server.CountMails("no longer broken") == 1), TimeSpan.FromSeconds(60));
        Assert.Equal(1, server.CountMails("The promise for cores is broken"));
    }

    [Fact]
    public async Task Damage_is_found_and_mended_while_commits_arrive_and_none_that_was_acknowledged_is_lost()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var repositories = new Dictionary<string, (string Id, Committing Commits)>(StringComparer.Ordinal);
        foreach (var name in (string[])["original", "backup"])
        {
            await api.CreateReadyAsync(name, layout: "standard");
            // Ids are in the order in which repositories were made.
            var id = Path.GetFileName(Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")).Order(StringComparer.Ordinal).Last());
            repositories[name] = (id, new Committing(svn, Url(server, name)));
            // Revision 2 is what will be damaged, and no later one is built on it.
            await svn.RunAsync("mkdir", $"{Url(server, name)}/branches/one", "-m", "one");
        }

        await server.RunAsync(["backup", "run", "--wait"]);
        // As above: no verification that was begun before.
        await server.RunAsync(["backup", "verify"]);
        var loops = repositories.Values.Select(repository => repository.Commits.GoOnAsync()).ToList();
        StoredRevision.Flip(Path.Combine(server.Data, "nodes", "node-1", "store", repositories["original"].Id));
        StoredRevision.Flip(Path.Combine(server.Data, "backups", "nodes", "node-1", repositories["backup"].Id));
        var found = await server.TryRunAsync(["backup", "verify"]);
        Assert.Contains("original: revision 2 is damaged", found.Error, StringComparison.Ordinal);
        Assert.Contains("backup: the backup was damaged (revision 2 is damaged", found.Error, StringComparison.Ordinal);

        // What is committed to the damaged one is still backed up; of what comes between its backup and its restore, one of them is told.
        JsonElement task = default;
        for (var attempt = 0; task.ValueKind == JsonValueKind.Undefined || task.GetProperty("state").GetString() != "done"; attempt++)
        {
            Assert.True(attempt < 5, task.ToString());
            await server.RunAsync(["backup", "run", "original", "--wait"]);
            var (status, answer) = await api.SendAsync(HttpMethod.Post, "repositories/original/restores", new { inPlace = true });
            if (status == HttpStatusCode.Accepted)
                task = await api.UntilOverAsync(answer);
            else
                Assert.Contains("would be lost", answer.ToString(), StringComparison.Ordinal);
            // Somebody has to stop, or it is never done; but not before it was tried.
            if (attempt == 1)
                await repositories["original"].Commits.StopAsync();
        }

        foreach (var (_, commits) in repositories.Values)
            await commits.StopAsync();
        await Task.WhenAll(loops);
        Assert.True(await repositories["original"].Commits.OnceAsync());
        foreach (var (_, commits) in repositories.Values)
            await commits.RequireAllAsync();
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify"]);
    }

    [Fact]
    public async Task Two_restores_at_once_become_two_repositories_and_one_in_place_at_a_time()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", $"{url}/trunk/one", "-m", "one");
        await server.RunAsync(["backup", "run", "cores", "--wait"]);

        var asked = await Task.WhenAll(
            api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 1, @as = "same" }),
            api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 2, @as = "same" }),
            api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 1, @as = "other" }));
        Assert.Single(asked[..2], answer => answer.Status == HttpStatusCode.Conflict);
        foreach (var answer in asked.Where(answer => answer.Status == HttpStatusCode.Accepted))
            await api.FollowAsync(answer.Body);
        Assert.Contains("trunk/", await svn.RunAsync("ls", Url(server, "same")), StringComparison.Ordinal);
        Assert.Contains("trunk/", await svn.RunAsync("ls", Url(server, "other")), StringComparison.Ordinal);

        var inPlace = await Task.WhenAll(
            api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true }),
            api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true }));
        Assert.Single(inPlace, answer => answer.Status == HttpStatusCode.Conflict);
        await api.FollowAsync(inPlace.Single(answer => answer.Status == HttpStatusCode.Accepted).Body);
        Assert.Contains("one/", await svn.RunAsync("ls", $"{url}/trunk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locks_come_back_in_place_and_their_owner_takes_them_off()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await File.WriteAllTextAsync(_scratch["file"], "drilled");
        await svn.RunAsync("import", "-q", "-m", "a file", _scratch["file"], $"{url}/trunk/file");
        await svn.RunAsync("checkout", "-q", $"{url}/trunk", "wc");
        await svn.RunAsync("lock", "-m", "being measured", "wc/file");
        await server.RunAsync(["backup", "run", "cores", "--wait"]);

        var done = await api.FollowAsync(await api.ExpectAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true }));

        Assert.Contains("1 lock came back with it", done.GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Contains("Lock Owner: mei", await svn.RunAsync("info", $"{url}/trunk/file"), StringComparison.Ordinal);
        await svn.RunAsync("unlock", "wc/file");
        Assert.DoesNotContain("Lock Owner", await svn.RunAsync("info", $"{url}/trunk/file"), StringComparison.Ordinal);

        // As of an earlier revision it has none, and that is said.
        await svn.RunAsync("lock", "wc/file");
        await svn.RunAsync("mkdir", $"{url}/after", "-m", "after");
        await server.RunAsync(["backup", "run", "cores", "--wait"]);
        done = await api.FollowAsync(await api.ExpectAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true, revision = 2, giveUpLater = true }));
        Assert.Contains("1 lock did not: locks only come back with the youngest revision", done.GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Lock Owner", await svn.RunAsync("info", $"{url}/trunk/file"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kills_at_random_moments_of_restores_lose_nothing_and_they_go_on_by_themselves()
    {
        await using var server = await StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        for (var revision = 2; revision <= 5; revision++)
            await svn.RunAsync("mkdir", $"{url}/trunk/{revision}", "-m", $"commit {revision}");
        await server.RunAsync(["backup", "run", "--wait"]);
        const int Kills = 3;
        for (var kill = 0; kill < Kills; kill++)
        {
            // In this order: what was put in the place of the repository has no backup for a moment.
            await api.ExpectAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 3, @as = $"beside-{kill}" });
            await api.ExpectAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true, revision = 5, giveUpLater = true });
            await Task.Delay(kill * 100, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await server.RestartAsync();
            await ReadyAsync(api, "cores");
            await ReadyAsync(api, $"beside-{kill}");
            // In place again needs a backup of the generation that is there now.
            await server.RunAsync(["backup", "run", "--wait"]);
        }

        Assert.Contains("r5 | mei", await svn.RunAsync("log", "-q", "-r5", url), StringComparison.Ordinal);
        Assert.Contains("Committed revision 6.", await svn.RunAsync("mkdir", $"{url}/after", "-m", "after"), StringComparison.Ordinal);
        for (var kill = 0; kill < Kills; kill++)
            Assert.Contains("Committed revision 4.", await svn.RunAsync("mkdir", $"{Url(server, $"beside-{kill}")}/after", "-m", "after"), StringComparison.Ordinal);
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify"]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.Data, "nodes", "node-1", "tmp")));
    }

    public void Dispose() => _scratch.Dispose();

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true");

    private static string Url(RunningServer server, string name) => new Uri(server.Address, $"repos/{name}").ToString();

    private static Task ReadyAsync(Api api, string name) => Eventually.TrueAsync(
        async () => (await api.GetAsync($"repositories/{name}")).Body is { ValueKind: JsonValueKind.Object } body && body.GetProperty("state").GetString() == "ready",
        TimeSpan.FromSeconds(60));
}
