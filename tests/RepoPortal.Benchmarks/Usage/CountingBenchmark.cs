using System.Globalization;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Benchmarks.Transfer;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Usage;

/// <summary>What counting who uses what costs the gateway: the same server twice, one of which does not count, loaded in turn.</summary>
internal static class CountingBenchmark
{
    private const int Rounds = 12;
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(4);

    public static async Task RunAsync()
    {
        await using var counting = await RunningServer.StartAsync();
        await using var silent = await RunningServer.StartAsync("RepoPortal__Gateway__CountUsage=false");
        var addresses = new Dictionary<RunningServer, (Uri File, string Token)> { [counting] = await PrepareAsync(counting), [silent] = await PrepareAsync(silent) };
        foreach (var (address, token) in addresses.Values)
            await Wrk.RequestsPerSecondAsync(address, "mei", token, Run * 3);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            // Each goes first every other time: whoever goes second finds the machine as the first left it.
            var order = round % 2 == 0 ? new[] { counting, silent } : [silent, counting];
            var rates = new Dictionary<RunningServer, double>();
            foreach (var server in order)
                rates[server] = await Wrk.RequestsPerSecondAsync(addresses[server].File, "mei", addresses[server].Token, Run);
            ratios.Add(rates[counting] / rates[silent]);
        }

        var samples = new Samples(ratios);
        Report.Write(
            "small GETs a second, counting usage / not counting",
            string.Create(CultureInfo.InvariantCulture, $"ratio {samples.Median:0.000} in the median of {Rounds} pairs, {samples.Percentile(0):0.000} to {samples.Percentile(100):0.000}"),
            samples.Median > 0.99,
            "above 0.99");
    }

    private static async Task<(Uri File, string Token)> PrepareAsync(RunningServer server)
    {
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        await api.CreateReadyAsync("used");
        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch["file"], "one line\n");
        var file = new Uri($"http://127.0.0.1:{server.Port}/repos/used/file");
        await new SvnClient(scratch.Path, "mei", token).RunAsync("import", "-q", scratch["file"], file.ToString(), "-m", "a file");
        return (file, token);
    }
}
