using CliWrap;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Create;

/// <summary>From POST to ready with 1,000 repositories present, beside a bare <c>svnadmin create</c>.</summary>
internal static class CreateBenchmark
{
    private const int Present = 1000;
    private const int Rounds = 100;

    public static async Task RunAsync()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        using var scratch = new Scratch();
        for (var i = 0; i < Present; i++)
            await api.CreateReadyAsync($"present-{i}");

        var (ours, theirs) = (0, 0);
        var (post, bare) = await SideBySide.RunAsync(
            Rounds,
            () => api.CreateReadyAsync($"new-{ours++}", layout: "standard"),
            () => Cli.Wrap("svnadmin").WithArguments(["create", scratch[$"bare-{theirs++}"]]).ExecuteAsync());
        Report.Write("POST to ready, 1,000 present", $"median {Report.Ms(post.Median)}, 95th {Report.Ms(post.Percentile(95))}", post.Median < 60, "median under 60 ms");
        Report.Write(
            "POST to ready / svnadmin create",
            $"{Report.Ms(post.Median)} / {Report.Ms(bare.Median)}, {Report.Ratio(post.Median / bare.Median)}",
            post.Median / bare.Median < 8,
            "within 8 times");
    }
}
