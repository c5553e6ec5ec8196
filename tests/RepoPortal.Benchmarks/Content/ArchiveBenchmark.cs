using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CliWrap;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Content;

/// <summary>An archive of a directory of 1 GiB: when its first byte comes, and what the server keeps in memory while all of it passes.</summary>
internal static class ArchiveBenchmark
{
    private const int Files = 64;
    private const int FileBytes = 16 << 20;
    private const double MiB = 1 << 20;

    public static async Task RunAsync()
    {
        await using var histories = await ServedHistories.StartAsync();
        using var scratch = new Scratch();
        await FillAsync(scratch["tree"]);
        await histories.AddAsync("large", repository => Cli.Wrap("svn")
            .WithArguments(["import", "-q", scratch["tree"], $"file://{repository}/trunk", "-m", "large"]).ExecuteAsync());
        await histories.AddAsync("small", RealHistory.LoadAsync);
        using var client = new HttpClient { BaseAddress = histories.Server.Address };
        foreach (var format in (string[])["zip", "tar.gz"])
        {
            // What every archive needs is compiled by one that is small.
            await ReadAsync(client, $"r/small/archive/trunk/subversion?format={format}", static () => { });
            var idle = ResidentMemory.Of(histories.Server.ProcessId);
            var most = 0d;
            var (first, seconds, bytes) = await ReadAsync(client, $"r/large/archive/trunk?format={format}", () => most = Math.Max(most, ResidentMemory.Of(histories.Server.ProcessId)));
            Report.Write($"first byte of {format} of 1 GiB", Report.Ms(first), first < 100, "under 100 ms");
            Report.Write(
                $"resident memory while {format} of 1 GiB passes",
                string.Create(CultureInfo.InvariantCulture, $"{idle / MiB:0} MiB before, {most / MiB:0} MiB at most, {bytes / MiB / seconds:0} MiB/s"), most - idle < 64 * MiB, "flat (within 64 MiB)");
        }
    }

    private static async Task FillAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var content = new byte[FileBytes];
        for (var file = 0; file < Files; file++)
        {
            RandomNumberGenerator.Fill(content);
            await File.WriteAllBytesAsync(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"part-{file:00}.bin")), content);
        }
    }

    private static async Task<(double FirstMs, double Seconds, long Bytes)> ReadAsync(HttpClient client, string address, Action watch)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 20];
        var (first, bytes, told) = (0d, 0L, 0L);
        while (await stream.ReadAsync(buffer) is var read and > 0)
        {
            if (bytes == 0)
                first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            bytes += read;
            if (bytes - told < 16 << 20)
                continue;
            told = bytes;
            watch();
        }

        return (first, Stopwatch.GetElapsedTime(start).TotalSeconds, bytes);
    }
}
