using System.Globalization;
using CliWrap;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Memory;

/// <summary>What the server process keeps resident when idle, and while a 5 GiB file passes through in both directions.</summary>
internal static class MemoryBenchmark
{
    private const long FileBytes = 5L << 30;
    private const double MiB = 1 << 20;

    public static async Task RunAsync()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        await api.CreateReadyAsync("large");
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, "mei", token);
        await svn.RunAsync("mkdir", new Uri(server.Address, "repos/large/warm").ToString(), "-m", "warm");
        await Task.Delay(TimeSpan.FromSeconds(15));
        var idle = ResidentMemory.Of(server.ProcessId);
        Report.Write("idle server, resident", $"{idle / MiB:0} MiB", idle < 300e6, "under 300 MB");

        // A file of zeros: the client is told not to compress, so all of it crosses the gateway, while the store keeps it small.
        await using (var file = File.Create(scratch["large.bin"]))
            file.SetLength(FileBytes);
        var address = new Uri(server.Address, "repos/large/large.bin").ToString();
        var up = await PeakAsync(server.ProcessId, svn.RunAsync(
            "import", "-q", scratch["large.bin"], address, "-m", "large", "--config-option", "servers:global:http-compression=no", "--config-option", "servers:global:http-timeout=3600"));
        Report.Write("5 GiB sent through, most resident", $"{up / MiB:0} MiB, {(up - idle) / MiB:0} MiB over idle", up - idle < 64 * MiB, "flat (within 64 MiB of idle)");

        var down = await PeakAsync(server.ProcessId, Cli.Wrap("curl")
            .WithArguments(["-sf", "-o", "/dev/null", "-u", $"mei:{token}", address]).ExecuteAsync());
        Report.Write("5 GiB read through, most resident", $"{down / MiB:0} MiB, {(down - idle) / MiB:0} MiB over idle", down - idle < 64 * MiB, "flat (within 64 MiB of idle)");
    }

    private static async Task<double> PeakAsync(int processId, Task work)
    {
        var peak = 0d;
        while (!work.IsCompleted)
        {
            peak = Math.Max(peak, ResidentMemory.Of(processId));
            await Task.WhenAny(work, Task.Delay(100));
        }

        await work;
        return peak;
    }
}
