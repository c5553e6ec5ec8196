using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.People;
using RepoPortal.StorageNode;

namespace RepoPortal.Benchmarks.Backup;

/// <summary>A full round of backups over many repositories, of which few or none have changed since the last one. Takes a quarter of an hour, most of it to make them.</summary>
internal static class RoundBenchmark
{
    private const int Repositories = 10_000;
    private const int Changed = Repositories / 100;

    public static async Task RunAsync()
    {
        await using var server = await ServerInProcess.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Repositories),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (number, _) => await server.Api.CreateReadyAsync(Name(number)));
        await RoundAsync(server);

        // One that only looks, first: what is warm afterwards is so on a server that does this every hour.
        await RoundAsync(server);
        var (unchanged, processor) = await RoundAsync(server);
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"a round of backups over {Repositories} repositories, none changed"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{unchanged.TotalSeconds:0.0} s; {unchanged.TotalMilliseconds / Repositories:0.00} ms each, {processor.TotalMilliseconds / Repositories:0.00} ms of them processor time of the server"),
            unchanged.TotalMilliseconds / Repositories < 2,
            "under 2 ms each");

        var directories = server.Services.GetRequiredService<NodeDirectories>();
        for (var number = 0; number < Changed; number++)
            await BackupBenchmark.CommitAsync(new FileInfo(directories.Served(RepositoryName.Parse(Name(number * 100)))).ResolveLinkTarget(returnFinalTarget: true)!.FullName, number);
        var (changed, _) = await RoundAsync(server);
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"a round of backups over {Repositories} repositories, {Changed} changed"),
            string.Create(CultureInfo.InvariantCulture, $"{changed.TotalSeconds:0.0} s"),
            changed < TimeSpan.FromMinutes(1),
            "under a minute");
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"many-{number}");

    private static async Task<(TimeSpan Took, TimeSpan Processor)> RoundAsync(ServerInProcess server)
    {
        var upkeep = server.Services.GetRequiredService<AskForUpkeep>();
        using var process = Process.GetCurrentProcess();
        var (started, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var request = (await upkeep.ExecuteAsync(Upkeep.Backup, null, Actor.Operator, CancellationToken.None)).Value;
        while (await upkeep.CountOpenAsync(request, CancellationToken.None) > 0)
            await Task.Delay(100);
        var took = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var failures = await upkeep.FindFailuresAsync(request, CancellationToken.None);
        return failures.Count == 0 ? (took, process.TotalProcessorTime - processor) : throw new InvalidOperationException(failures[0]);
    }
}
