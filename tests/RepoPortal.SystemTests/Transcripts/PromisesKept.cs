using System.Net;
using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>A promise beside its measurement, as other tools rely on it: the API, the commands, and what the pages are made of.</summary>
public sealed class PromisesKept : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_promise_is_kept_when_there_is_evidence_and_broken_when_the_backup_cannot_follow()
    {
        await using var server = await RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true");
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", $"{url}/trunk/one", "-m", "one");

        Assert.Contains("1 repository is backed up.", await server.RunAsync(["backup", "run", "cores", "--wait"]), StringComparison.Ordinal);
        Assert.Contains("1 repository is verified.", await server.RunAsync(["backup", "verify", "cores"]), StringComparison.Ordinal);
        Assert.Contains("1 repository is rehearsed.", await server.RunAsync(["drill", "cores"]), StringComparison.Ordinal);
        await server.RunAsync(["backup", "run", "--wait"]);
        var promise = await api.ExpectAsync(HttpMethod.Get, "repositories/cores/promise");
        Assert.Equal("kept", promise.GetProperty("state").GetString());
        Assert.Equal((3600, 0), (promise.GetProperty("rpo").GetProperty("promisedSeconds").GetInt64(), promise.GetProperty("rpo").GetProperty("measuredSeconds").GetInt64()));
        Assert.True(promise.GetProperty("rto").GetProperty("rehearsedSeconds").GetDouble() > 0);
        Assert.Equal(2, promise.GetProperty("backup").GetProperty("revision").GetInt64());
        Assert.NotEqual(JsonValueKind.Null, promise.GetProperty("backup").GetProperty("verifiedAt").ValueKind);

        var listed = (await server.RunAsync(["backup", "list"])).Split('\n')[1].Split('\t');
        Assert.Equal(("cores", "in-use", "2", "-"), (listed[0], listed[1], listed[2], listed[6]));
        Assert.True(Directory.Exists(Path.Combine(server.Data, "backups", "nodes", "node-1", listed[7])));
        Assert.Contains("There is no backup of", (await server.TryRunAsync(["backup", "list", "nothing"])).Error, StringComparison.Ordinal);

        // The disk of the backups goes away; a commit finds no way into one.
        Directory.Move(Path.Combine(server.Data, "backups"), _scratch["unplugged"]);
        await svn.RunAsync("mkdir", $"{url}/trunk/two", "-m", "two");
        var failed = await server.TryRunAsync(["backup", "run", "cores", "--wait"]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("is its disk mounted?", failed.Error, StringComparison.Ordinal);
        promise = await api.ExpectAsync(HttpMethod.Get, "repositories/cores/promise");
        Assert.Equal("at-risk", promise.GetProperty("state").GetString());

        Directory.Delete(Path.Combine(server.Data, "backups"), recursive: true);
        Directory.Move(_scratch["unplugged"], Path.Combine(server.Data, "backups"));
        await server.RunAsync(["backup", "run", "cores", "--wait"]);
        promise = await api.ExpectAsync(HttpMethod.Get, "repositories/cores/promise");
        Assert.Equal("kept", promise.GetProperty("state").GetString());
        Assert.Equal(3, promise.GetProperty("backup").GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task A_damaged_backup_is_found_set_aside_and_remade()
    {
        await using var server = await RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true");
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", $"{url}/trunk/one", "-m", "one");
        await server.RunAsync(["backup", "run", "cores", "--wait"]);
        // The first one, which the clock begins by itself, would count for the one below, and may have read what is damaged then.
        await server.RunAsync(["backup", "verify", "cores"]);

        StoredRevision.Flip(Path.Combine(server.Data, "backups"));
        var found = await server.TryRunAsync(["backup", "verify", "cores"]);
        Assert.Contains("set aside and is made anew", found.Error, StringComparison.Ordinal);
        await server.RunAsync(["backup", "run", "cores", "--wait"]);
        await server.RunAsync(["backup", "verify", "cores"]);
    }

    [Fact]
    public async Task A_restore_beside_is_for_owners_and_what_cannot_be_is_refused_in_a_sentence()
    {
        await using var server = await RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true");
        var token = await server.AddUserAsync("mei");
        var (other, administrator) = (await server.AddUserAsync("tom"), await server.AddUserAsync("root", "--admin"));
        using var api = new Api(server.Address, token);
        using var stranger = new Api(server.Address, other);
        using var admin = new Api(server.Address, administrator);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", "internal", "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("mkdir", $"{url}/trunk/one", "-m", "one");
        await server.RunAsync(["backup", "run", "cores", "--wait"]);

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 1, @as = "mine" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 9, @as = "old" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 1, @as = "Not A Name" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 1, @as = "cores" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true })).Status);
        var lost = await admin.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { inPlace = true, revision = 1 });
        Assert.Equal(HttpStatusCode.Conflict, lost.Status);
        Assert.Contains("Revisions 2 to 2 would be lost", lost.Body.ToString(), StringComparison.Ordinal);

        var (status, task) = await api.SendAsync(HttpMethod.Post, "repositories/cores/restores", new { revision = 1, @as = "cores-as-of-1" });
        Assert.Equal(HttpStatusCode.Accepted, status);
        var done = await api.FollowAsync(task);
        Assert.Equal(1, done.GetProperty("progress").GetDouble());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"tasks/{done.GetProperty("id").GetString()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("repositories/cores-as-of-1")).Status);
        var restored = new Uri(server.Address, "repos/cores-as-of-1").ToString();
        Assert.DoesNotContain("one/", await svn.RunAsync("ls", $"{restored}/trunk"), StringComparison.Ordinal);
        Assert.Contains("Committed revision 2.", await svn.RunAsync("mkdir", $"{restored}/trunk/other", "-m", "goes on"), StringComparison.Ordinal);

        // As of a time: which revision that is can be asked before.
        var committed = DateTimeOffset.Parse((await svn.RunAsync("propget", "--revprop", "-r1", "svn:date", url)).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        var then = committed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(1, (await api.ExpectAsync(HttpMethod.Get, $"repositories/cores/restores/revision?at={then}")).GetProperty("revision").GetInt64());
        Assert.Contains("Restored as of r1", await server.RunAsync(["restore", "cores", "--at", then, "--as", "cores-then"]), StringComparison.Ordinal);
        Assert.Contains("Write the time in UTC", (await server.TryRunAsync(["restore", "cores", "--at", "yesterday", "--as", "cores-never"])).Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("repositories/cores/restores/revision?at=2999-01-01")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"repositories/cores/restores/revision?at={then}")).Status);

        // Committed after the last backup: it is backed up first.
        await svn.RunAsync("mkdir", $"{url}/trunk/two", "-m", "two");
        Assert.Contains("Restored as of r3", await server.RunAsync(["restore", "cores", "--revision", "3", "--as", "cores-now"]), StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();
}
