using System.Globalization;
using CliWrap;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.StorageNode.Backups;

namespace RepoPortal.Benchmarks.Backup;

/// <summary>The backup of one new revision of a real repository, beside a bare incremental hotcopy of the same revision.</summary>
internal static class BackupBenchmark
{
    private const int Rounds = 40;

    public static async Task RunAsync()
    {
        await using var server = await ServerInProcess.StartAsync();
        var (copy, path) = await server.CreateAsync("real");
        await RealHistory.LoadAsync(path);
        var (backup, bare) = (server.Services.GetRequiredService<TakeBackup>(), server.Beside("bare"));
        Func<Task>[] sides = [BackUpAsync, HotcopyAsync];
        List<double>[] samples = [[], []];
        for (var round = 0; round < Rounds; round++)
        {
            await CommitAsync(path, round);
            // Who comes second finds the new revision in the cache; each comes second as often as the other.
            foreach (var side in round % 2 == 0 ? [0, 1] : new[] { 1, 0 })
            {
                var took = await SideBySide.TimeAsync(sides[side]);
                if (round >= 2) // the first ones copy everything
                    samples[side].Add(took);
            }
        }

        var (ours, theirs) = (new Samples(samples[0]), new Samples(samples[1]));
        Report.Write(
            "backup of one new revision / svnadmin hotcopy --incremental, 2,000 revisions before",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Report.Ms(ours.Median)} (95th {Report.Ms(ours.Percentile(95))}) / {Report.Ms(theirs.Median)} (95th {Report.Ms(theirs.Percentile(95))}), {Report.Ratio(ours.Median / theirs.Median)}"),
            ours.Median / theirs.Median < 1.5,
            "under 1.5 times");

        Task BackUpAsync() => backup.RunAsync(copy, static _ => { }, CancellationToken.None);

        async Task HotcopyAsync() => await Cli.Wrap("svnadmin").WithArguments(["hotcopy", "--incremental", path, bare]).ExecuteAsync();
    }

    /// <summary>One commit of a directory, past the gateway and through the hooks.</summary>
    internal static async Task CommitAsync(string repository, int number) => await Cli.Wrap("svn")
        .WithArguments(["mkdir", "-q", "-m", "a commit", string.Create(CultureInfo.InvariantCulture, $"file://{repository}/commit-{number}")])
        .ExecuteAsync();
}
