using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RepoPortal.Contracts.Access;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>A gateway that only writes down what it hears.</summary>
internal sealed class ListeningGateway : IAccessObserver, IAsyncDisposable
{
    private readonly ConcurrentQueue<AccessChange> _heard = new();
    private readonly IAccessBroadcast _broadcast;
    private readonly IAccessObserver _reference;

    private ListeningGateway(IGrainFactory grains)
    {
        _broadcast = grains.GetGrain<IAccessBroadcast>(0);
        _reference = grains.CreateObjectReference<IAccessObserver>(this);
    }

    public IReadOnlyCollection<AccessChange> Heard => _heard;

    /// <summary>What taking a change waits for, or fails with.</summary>
    public Task Takes { get; set; } = Task.CompletedTask;

    public static async Task<ListeningGateway> SubscribeAsync(PortalHost portal)
    {
        var gateway = new ListeningGateway(portal.Services.GetRequiredService<IGrainFactory>());
        await gateway._broadcast.Subscribe(gateway._reference);
        return gateway;
    }

    public Task Changed(AccessChange change)
    {
        _heard.Enqueue(change);
        return Takes;
    }

    /// <summary>Done when it was told of the change.</summary>
    public Task HeardAsync(AccessChange change) => Eventually.TrueAsync(() => _heard.Contains(change));

    public async ValueTask DisposeAsync() => await _broadcast.Unsubscribe(_reference);
}
