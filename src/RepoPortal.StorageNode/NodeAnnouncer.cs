using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode;

/// <summary>Tells the portal that this node is up, at its start and every minute.</summary>
internal sealed class NodeAnnouncer(
    NodeDirectories directories, IOptions<StorageNodeOptions> options, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<NodeAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var startedAt = time.GetUtcNow();
        await lifetime.Started(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var disk = new DriveInfo(directories.Root);
                await grains.GetGrain<INodeRegistry>(0).Announce(
                    new NodeAnnouncement(options.Value.Name, Environment.MachineName, disk.AvailableFreeSpace, disk.TotalSize, startedAt));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The portal's trouble, which is in its own log; the next minute brings the next try.
                logger.LogWarning(exception, "The portal could not be told that this node is up");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
