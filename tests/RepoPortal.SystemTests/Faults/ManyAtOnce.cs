using System.Text.Json;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>A kill while one thing is done to many repositories.</summary>
public sealed class ManyAtOnce : IDisposable
{
    private const int Count = 60;

    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_bulk_action_goes_on_after_a_kill_and_does_each_once()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) => await api.CreateReadyAsync($"many-{number}", layout: "standard"));
        var preview = await api.ExpectAsync(HttpMethod.Post, "admin/bulk", new { action = "archive", filter = new { owner = "mei" } });
        var path = $"admin/bulk/{preview.GetProperty("id").GetString()}";
        var begun = RunningServer.IgnoringTheKillAsync(api.SendAsync(HttpMethod.Post, $"{path}/begin"));
        await Eventually.TrueAsync(async () => await DoneAsync(server) > 3);
        await server.KillAsync();
        await begun;
        Assert.InRange(await DoneAsync(server), 1, Count - 1);
        await server.RestartAsync();

        JsonElement bulk = default;
        await Eventually.TrueAsync(async () => (bulk = await api.ExpectAsync(HttpMethod.Get, path)).GetProperty("state").GetString() is "done" or "failed", TimeSpan.FromSeconds(60));

        Assert.Equal(("done", $"Done for {Count} repositories."), (bulk.GetProperty("state").GetString(), bulk.GetProperty("outcome").GetString()));
        Assert.All(bulk.GetProperty("repositories").EnumerateArray(), item => Assert.Equal(("done", "becomes read-only"), (item.GetProperty("state").GetString(), item.GetProperty("sentence").GetString())));
        Assert.Equal((Count, Count), (await server.CountAsync(Archived("*")), await server.CountAsync(Archived("DISTINCT Subject"))));
        var svn = new SvnClient(_scratch.Path, "mei", token);
        foreach (var number in (int[])[0, Count / 2, Count - 1])
        {
            var url = new Uri(server.Address, $"repos/many-{number}").ToString();
            Assert.False((await svn.TryAsync("mkdir", $"{url}/trunk/more", "-m", "more")).IsSuccess);
            Assert.Contains("trunk/", await svn.RunAsync("ls", url), StringComparison.Ordinal);
        }

        Assert.Contains("all whole", await server.RunAsync(["audit", "verify"]), StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private static Task<long> DoneAsync(RunningServer server) => server.CountAsync(Archived("*"));

    private static string Archived(string what) => $"SELECT count({what}) FROM Audit WHERE Action = 'repository.archived'";
}
