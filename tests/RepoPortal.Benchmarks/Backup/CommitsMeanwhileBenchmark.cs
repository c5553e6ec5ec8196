using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Contracts.Repositories;
using RepoPortal.StorageNode.Backups;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Backup;

/// <summary>
/// What a commit over the gateway takes while a big repository is backed up from nothing, beside what it takes otherwise: with the backups on another file system,
/// as the product wants it (here in memory), and on the one of the repositories, whose journal every commit then shares with the backup.
/// </summary>
internal static class CommitsMeanwhileBenchmark
{
    private const int Rounds = 12;

    public static async Task RunAsync()
    {
        const string memory = "/dev/shm";
        if (Directory.Exists(memory))
        {
            var elsewhere = Directory.CreateDirectory(Path.Combine(memory, $"repoportal-{Guid.NewGuid():n}")).FullName;
            try
            {
                await RunAsync("another file system", elsewhere);
            }
            finally
            {
                Directory.Delete(elsewhere, recursive: true);
            }
        }

        await RunAsync("the same file system", backups: null);
    }

    private static async Task RunAsync(string place, string? backups)
    {
        await using var server = await ServerInProcess.StartAsync(backups: backups);
        var (big, path) = await server.CreateAsync("big");
        await RealHistory.LoadAsync(path);
        await server.CreateAsync("small");
        var (backup, directory) = (server.Services.GetRequiredService<TakeBackup>(), server.Services.GetRequiredService<BackupTarget>().PathOf(big));
        var svn = new SvnClient(server.Beside(""), Access.SeededPeople.Owner, server.People.OwnerToken);
        await backup.RunAsync(big, static _ => { }, CancellationToken.None); // the digests are there now, as they are in a repository that is in use
        List<double>[] samples = [[], []];
        for (var round = 0; round < Rounds + 2; round++)
        {
            var alone = await SideBySide.TimeAsync(() => CommitAsync(round));
            Directory.Delete(directory, recursive: true);
            var meanwhile = backup.RunAsync(big, static _ => { }, CancellationToken.None);
            await Eventually.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(directory, "db", "revs", "0", "10"))));
            var beside = await SideBySide.TimeAsync(() => CommitAsync(round));
            var isBeside = !meanwhile.IsCompleted;
            await meanwhile;
            if (round < 2 || !isBeside)
                continue;
            samples[0].Add(beside);
            samples[1].Add(alone);
        }

        var (during, otherwise) = (new Samples(samples[0]), new Samples(samples[1]));
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"a commit while another repository is backed up to {place} / otherwise, {samples[0].Count} pairs"),
            $"{Report.Ms(during.Median)} (95th {Report.Ms(during.Percentile(95))}) / {Report.Ms(otherwise.Median)} (95th {Report.Ms(otherwise.Percentile(95))}), {Report.Ratio(during.Median / otherwise.Median)}",
            during.Median / otherwise.Median < 1.15,
            "under 1.15 times");

        Task CommitAsync(int round) => svn.RunAsync(
            "mkdir", "-q", "-m", "a commit", string.Create(CultureInfo.InvariantCulture, $"{server.Url("small")}/{round}-{Guid.NewGuid():n}"));
    }
}
