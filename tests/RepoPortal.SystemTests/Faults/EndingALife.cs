using System.Net;
using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>Kills while repositories are archived, deleted, taken back and purged.</summary>
public sealed class EndingALife : IDisposable
{
    private const int Kills = 4;

    // What is in the trash is backed up by the clock like everything else.
    private const string LastBackups = "SELECT count(*) FROM Protections JOIN Repositories ON Id = RepositoryId WHERE CheckedAt >= DeletedAt AND UnprotectedSince IS NULL AND Revision >= Youngest";

    private readonly Scratch _scratch = new();

    [Fact]
    public async Task Kills_while_repositories_are_archived_and_deleted_leave_each_as_it_was_or_as_wanted_and_svn_agrees()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        for (var kill = 0; kill < Kills; kill++)
        {
            await api.CreateReadyAsync($"archived-{kill}", layout: "standard");
            await api.CreateReadyAsync($"deleted-{kill}", layout: "standard");
            await api.CreateReadyAsync($"taken-back-{kill}", layout: "standard");
            await api.ExpectAsync(HttpMethod.Delete, $"repositories/taken-back-{kill}");
            Task[] changes =
            [
                RunningServer.IgnoringTheKillAsync(api.SendAsync(HttpMethod.Post, $"repositories/archived-{kill}/archive")),
                RunningServer.IgnoringTheKillAsync(api.SendAsync(HttpMethod.Delete, $"repositories/deleted-{kill}")),
                RunningServer.IgnoringTheKillAsync(api.SendAsync(HttpMethod.Post, $"repositories/taken-back-{kill}/undelete")),
            ];
            await Task.Delay(kill * 10, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await Task.WhenAll(changes);
            await server.RestartAsync();
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            var isArchived = (await api.ExpectAsync(HttpMethod.Get, $"repositories/archived-{kill}")).GetProperty("archivedAt").ValueKind != JsonValueKind.Null;
            Assert.Equal(!isArchived, (await svn.TryAsync("mkdir", $"{Url(server, $"archived-{kill}")}/more", "-m", "more")).IsSuccess);
            Assert.Contains("trunk/", await svn.RunAsync("ls", Url(server, $"archived-{kill}")), StringComparison.Ordinal);
            foreach (var name in new[] { $"deleted-{kill}", $"taken-back-{kill}" })
            {
                var isThere = (await api.ExpectAsync(HttpMethod.Get, $"repositories/{name}")).GetProperty("state").GetString() == "ready";
                Assert.Equal(isThere, (await svn.TryAsync("ls", Url(server, name))).IsSuccess);
                if (!isThere)
                    await api.ExpectAsync(HttpMethod.Post, $"repositories/{name}/undelete");
                await Eventually.TrueAsync(async () => (await svn.TryAsync("mkdir", $"{Url(server, name)}/more-{isThere}", "-m", "more")).IsSuccess);
            }
        }

        Assert.Contains("all whole", await server.RunAsync(["audit", "verify"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kills_while_repositories_are_purged_leave_nothing_but_their_last_backups()
    {
        await using var server = await RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true");
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        for (var number = 0; number < Kills * 3; number++)
        {
            await api.CreateReadyAsync($"over-{number}", layout: "standard");
            await api.ExpectAsync(HttpMethod.Delete, $"repositories/over-{number}");
        }

        await server.StopAsync();
        await server.SqlAsync("UPDATE Protections SET BackupDueAt = 0");
        await server.RestartAsync();
        await Eventually.TrueAsync(async () => await server.CountAsync(LastBackups) == Kills * 3, TimeSpan.FromSeconds(90));
        await server.StopAsync();
        await server.SqlAsync("UPDATE Repositories SET GoneAt = 1");
        for (var kill = 0; kill < Kills; kill++)
        {
            await server.RestartAsync();
            await Task.Delay(kill * 40, TestContext.Current.CancellationToken);
            await server.KillAsync();
        }

        await server.RestartAsync();
        for (var number = 0; number < Kills * 3; number++)
        {
            var name = $"over-{number}";
            await Eventually.TrueAsync(async () => (await api.GetAsync($"repositories/{name}")).Status == HttpStatusCode.NotFound, TimeSpan.FromSeconds(90));
        }

        await api.CreateReadyAsync("over-0");
        Assert.Single(Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")));
        Assert.Equal(Kills * 3, Directory.GetDirectories(Path.Combine(server.Data, "backups", "nodes", "node-1")).Count(IsBackup));
        Assert.Contains("all whole", await server.RunAsync(["audit", "verify"]), StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private static string Url(RunningServer server, string name) => new Uri(server.Address, $"repos/{name}").ToString();

    private static bool IsBackup(string directory) => Guid.TryParse(Path.GetFileName(directory), out _);
}
