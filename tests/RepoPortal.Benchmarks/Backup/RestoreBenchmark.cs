using System.Globalization;
using CliWrap;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Backups;

namespace RepoPortal.Benchmarks.Backup;

/// <summary>A restore until it is served, beside a plain copy of the same files.</summary>
internal static class RestoreBenchmark
{
    private const int Rounds = 10;

    public static async Task RunAsync()
    {
        await using var server = await ServerInProcess.StartAsync();
        var (copy, path) = await server.CreateAsync("real");
        await RealHistory.LoadAsync(path);
        await server.Services.GetRequiredService<TakeBackup>().RunAsync(copy, static _ => { }, CancellationToken.None);
        var backup = server.Services.GetRequiredService<BackupTarget>().PathOf(copy);
        var (restore, directories) = (server.Services.GetRequiredService<RestoreBackup>(), server.Services.GetRequiredService<NodeDirectories>());
        var copies = 0;
        var restored = new List<RestoreResult>();

        var (ours, theirs) = await SideBySide.RunAsync(Rounds, RestoreAsync, CopyAsync);
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"restore of {restored[^1].SizeBytes >> 20} MiB, {restored[^1].Revision} revisions, until served / cp -a and sync"),
            $"{Report.Ms(ours.Median)} / {Report.Ms(theirs.Median)}, {Report.Ratio(ours.Median / theirs.Median)}",
            ours.Median / theirs.Median < 1.3,
            "within 1.3 times");

        async Task RestoreAsync()
        {
            var target = new RepositoryCopy(RepositoryId.New(TimeProvider.System), 1);
            var request = new ProvisionRequest(
                target,
                RepositoryName.Parse(string.Create(CultureInfo.InvariantCulture, $"restored-{restored.Count}")),
                Guid.NewGuid(),
                RepositoryLayout.Empty,
                UserName.Parse(Access.SeededPeople.Owner),
                TimeProvider.System.GetUtcNow(),
                new AccessFile(1, ""));
            restored.Add(await restore.RunAsync(new RestoreJob(copy, null, request, 0), static _ => { }, CancellationToken.None));
        }

        async Task CopyAsync()
        {
            var to = Path.Combine(directories.Temporary, string.Create(CultureInfo.InvariantCulture, $"copied-{copies++}"));
            await Cli.Wrap("cp").WithArguments(["-a", backup, to]).ExecuteAsync();
            await Cli.Wrap("sync").WithArguments(["-f", to]).ExecuteAsync();
        }
    }
}
