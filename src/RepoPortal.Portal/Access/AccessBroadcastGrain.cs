using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Access;

/// <summary>Keeps the list of gateways and carries changes to all of them.</summary>
/// <remarks>Reentrant, so that gateways renew their leases while a change waits for one that does not answer.</remarks>
[Reentrant]
[KeepAlive]
internal sealed partial class AccessBroadcastGrain(
    IClusterMembershipService cluster, ILocalSiloDetails self, TimeProvider time, ILogger<AccessBroadcastGrain> logger) : Grain, IAccessBroadcast
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<IAccessObserver, DateTimeOffset> _leaseEnds = [];
    private DateTimeOffset _strangersUntil;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Another server may run a gateway that subscribed to an activation which died with its server. It comes back within its lease or stops trusting
        // what it holds; until then a change cannot be said to have arrived everywhere. A single server has no such gateway and need not wait.
        var others = cluster.CurrentSnapshot.Members.Values.Any(member =>
            !member.SiloAddress.Equals(self.SiloAddress) && member.Status is SiloStatus.Active or SiloStatus.ShuttingDown);
        _strangersUntil = others ? time.GetUtcNow() + AccessLease.Duration : DateTimeOffset.MinValue;
        return Task.CompletedTask;
    }

    public Task Subscribe(IAccessObserver gateway)
    {
        _leaseEnds[gateway] = time.GetUtcNow() + AccessLease.Duration;
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IAccessObserver gateway)
    {
        _leaseEnds.Remove(gateway);
        return Task.CompletedTask;
    }

    public async Task Publish(AccessChange change) =>
        await Task.WhenAll([UntilAsync(_strangersUntil), .. _leaseEnds.Keys.ToArray().Select(gateway => TellAsync(gateway, change))]);

    /// <summary>Done when the gateway has taken the change, or its lease has ended: then it decides nothing by what it knew.</summary>
    private async Task TellAsync(IAccessObserver gateway, AccessChange change)
    {
        while (_leaseEnds.TryGetValue(gateway, out var end) && end > time.GetUtcNow())
        {
            var told = gateway.Changed(change);
            await Task.WhenAny(told, UntilAsync(end));
            if (told.IsCompletedSuccessfully)
                return;
            LogSilent(told.Exception?.InnerException, gateway);
            var again = time.GetUtcNow() + Pause;
            await UntilAsync(again < end ? again : end);
        }

        if (_leaseEnds.TryGetValue(gateway, out var ended) && ended <= time.GetUtcNow())
            _leaseEnds.Remove(gateway);
    }

    private Task UntilAsync(DateTimeOffset moment)
    {
        var rest = moment - time.GetUtcNow();
        return rest > TimeSpan.Zero ? Task.Delay(rest, time) : Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "gateway {Gateway} did not take a change of access; trying again until its lease has ended")]
    private partial void LogSilent(Exception? exception, IAccessObserver gateway);
}
