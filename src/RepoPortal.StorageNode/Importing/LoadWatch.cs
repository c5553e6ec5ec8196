using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Importing.Sources;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Importing;

/// <summary>Looks after a load that is going on: tells how far it is, and stops it before it has used up its quota or the disk that others work on.</summary>
internal sealed class LoadWatch(NodeDirectories directories, IOptions<StorageNodeOptions> options, SvnLookClient look, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks until it is stopped.</summary>
    /// <param name="repository">The repository that is loaded into.</param>
    /// <param name="quota">How many bytes it may hold; null for no limit.</param>
    /// <param name="source">What is read.</param>
    /// <param name="onProgress">Gets told how far it is.</param>
    /// <param name="stop">Stopped by whoever loads, or from here.</param>
    /// <returns>Why the load was stopped from here; null when it was not.</returns>
    public async Task<string?> RunAsync(string repository, long? quota, OpenedSource source, Action<JobProgress> onProgress, CancellationTokenSource stop)
    {
        var files = new RevisionFiles(repository);
        var (counted, size) = (-1L, 0L);
        using var timer = new PeriodicTimer(Period, time);
        while (true)
        {
            onProgress(new JobProgress("loading", source.Position, source.Length, ProgressUnit.Bytes));
            Count();
            if (Refuse(size + Unfinished(repository), quota) is { } refusal)
            {
                await stop.CancelAsync();
                return refusal;
            }

            try
            {
                await timer.WaitForNextTickAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                // What was loaded since the last look counts, too.
                Count();
                return RefuseByQuota(size, quota);
            }
        }

        void Count()
        {
            for (var youngest = look.GetYoungest(repository); counted < youngest;)
                size += files.SizeOf(++counted);
        }
    }

    private static string? RefuseByQuota(long size, long? quota) =>
        size > quota ? $"the repository would hold more than its quota of {ByteWords.Of(quota.Value)}" : null;

    private string? Refuse(long size, long? quota)
    {
        if (RefuseByQuota(size, quota) is { } refusal)
            return refusal;
        var free = new DriveInfo(directories.Root).AvailableFreeSpace;
        return free < options.Value.MinimumFreeMegabytes << 20 ? $"the disk of the storage node has only {ByteWords.Of(free)} left" : null;
    }

    // A single revision may hold everything there is.
    private static long Unfinished(string repository) =>
        new DirectoryInfo(Path.Combine(repository, "db", "txn-protorevs")).EnumerateFiles("*.rev").Sum(file => file.Exists ? file.Length : 0);
}
