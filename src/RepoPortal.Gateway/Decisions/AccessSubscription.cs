using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Gateway.Decisions;

/// <summary>Keeps this gateway subscribed to changes of access, from start to stop.</summary>
internal sealed class AccessSubscription(
    IGrainFactory grains, AccessObserver observer, SnapshotLease lease, TimeProvider time, ILogger<AccessSubscription> log) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var broadcast = grains.GetGrain<IAccessBroadcast>(0);
        var self = grains.CreateObjectReference<IAccessObserver>(observer);
        try
        {
            var retry = FirstRetry;
            while (true)
            {
                var renewed = await TryRenew(broadcast, self, stoppingToken);
                retry = renewed ? FirstRetry : TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, AccessLease.Renewal.Ticks));
                await Task.Delay(renewed ? AccessLease.Renewal : retry, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Leave(broadcast, self);
        }
    }

    private async Task<bool> TryRenew(IAccessBroadcast broadcast, IAccessObserver self, CancellationToken stoppingToken)
    {
        var before = lease.CurrentTerm;
        var sentAt = time.GetTimestamp();
        try
        {
            await broadcast.Subscribe(self).WaitAsync(AccessLease.Renewal, time, stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // whatever it is, without the subscription the lease runs out
        {
            log.LogWarning(failure, "could not subscribe to changes of access; snapshots are {Trust}", before is null ? "not used" : "used until the lease ends");
            return false;
        }

        lease.Renew(sentAt);
        if (before is null)
            log.LogInformation("subscribed to changes of access");
        return true;
    }

    // Spares the broadcast the wait for a lease that nobody needs any more; if it cannot be reached, the lease simply ends.
    private async Task Leave(IAccessBroadcast broadcast, IAccessObserver self)
    {
        try
        {
            await broadcast.Unsubscribe(self).WaitAsync(StopWait, time);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            log.LogDebug(failure, "could not unsubscribe from changes of access");
        }
    }
}
