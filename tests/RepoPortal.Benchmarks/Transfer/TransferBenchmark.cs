using CliWrap;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Transfer;

/// <summary>What the gateway costs: export, commit and a small GET, beside the same httpd asked directly.</summary>
internal static class TransferBenchmark
{
    private const string User = "mei";

    public static async Task RunAsync()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync(User);
        using var api = new Api(server.Address, token);
        await api.CreateReadyAsync("real");
        await RealHistory.LoadAsync(Path.Combine(server.Data, "nodes/node-1/serve/real"));
        await api.CreateReadyAsync("commits");

        await using var direct = await ComparisonHttpd.StartAsync(server, passwords: false, User, token);
        await using var usual = await ComparisonHttpd.StartAsync(server, passwords: true, User, token);
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, User, token);
        await ExportAsync(server, direct, svn, scratch);
        await CommitAsync(server, direct, svn, scratch);
        await SmallGetAsync(server, direct, usual, token);
    }

    // By number: httpd listens on IPv4 only, and a client that tries IPv6 first would make it look slower.
    private static Uri At(int port, string path) => new($"http://127.0.0.1:{port}/repos/{path}");

    private static async Task ExportAsync(RunningServer server, ComparisonHttpd direct, SvnClient svn, Scratch scratch)
    {
        var count = 0;
        var (ours, theirs) = await SideBySide.RunAsync(
            15,
            () => svn.RunAsync("export", "-q", At(server.Port, "real").ToString(), scratch[$"export-{count++}"]),
            () => svn.RunAsync("export", "-q", At(direct.Port, "real").ToString(), scratch[$"export-{count++}"]),
            warmUps: 20);
        Report.Write(
            "export of a real tree, gateway / httpd directly",
            $"{Report.Ms(ours.Median)} / {Report.Ms(theirs.Median)}, {Report.Ratio(ours.Median / theirs.Median)}",
            ours.Median / theirs.Median < 1.15,
            "within 1.15");
    }

    private static async Task CommitAsync(RunningServer server, ComparisonHttpd direct, SvnClient svn, Scratch scratch)
    {
        await File.WriteAllTextAsync(scratch["file"], "one line\n");
        var count = 0;
        var (ours, theirs) = await SideBySide.RunAsync(
            50,
            () => svn.RunAsync("import", "-q", scratch["file"], At(server.Port, $"commits/f{count++}").ToString(), "-m", "one"),
            () => svn.RunAsync("import", "-q", scratch["file"], At(direct.Port, $"commits/f{count++}").ToString(), "-m", "one"),
            warmUps: 100);
        Report.Write(
            "one-file commit, gateway / httpd directly",
            $"{Report.Ms(ours.Median)} / {Report.Ms(theirs.Median)}, {Report.Ms(ours.Median - theirs.Median)} more",
            ours.Median - theirs.Median < 5,
            "within 5 ms");
    }

    private static async Task SmallGetAsync(RunningServer server, ComparisonHttpd direct, ComparisonHttpd usual, string token)
    {
        var (gateway, bare, md5) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            gateway.Add(await Wrk.RequestsPerSecondAsync(At(server.Port, "commits/f0"), User, token, TimeSpan.FromSeconds(4)));
            md5.Add(await Wrk.RequestsPerSecondAsync(At(usual.Port, "commits/f0"), User, token, TimeSpan.FromSeconds(4)));
            bare.Add(await Wrk.RequestsPerSecondAsync(At(direct.Port, "commits/f0"), User, token, TimeSpan.FromSeconds(4)));
        }

        var (ours, theirs, without) = (new Samples(gateway).Median, new Samples(md5).Median, new Samples(bare).Median);
        Report.Write(
            "warm small GET, gateway / httpd with an MD5 password file (/ httpd trusting the name)",
            $"{ours:0}/s / {theirs:0}/s (/ {without:0}/s), {Report.Ratio(ours / theirs)}",
            ours >= theirs,
            "at least as fast");
    }
}
