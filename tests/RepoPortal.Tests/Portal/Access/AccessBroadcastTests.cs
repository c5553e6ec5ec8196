using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Access;

public sealed class AccessBroadcastTests(Portals portals)
{
    private static readonly AccessChange Change = new(new RepositoryId(Guid.NewGuid()), User: null);

    [Fact]
    public async Task Is_done_only_when_every_gateway_has_taken_the_change()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        await using var prompt = await ListeningGateway.SubscribeAsync(portal);
        await using var slow = await ListeningGateway.SubscribeAsync(portal);
        var taken = new TaskCompletionSource();
        slow.Takes = taken.Task;

        var published = portal.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessBroadcast>(0).Publish(Change);
        await Task.WhenAll(prompt.HeardAsync(Change), slow.HeardAsync(Change));
        Assert.False(published.IsCompleted);
        taken.SetResult();

        await published.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tells_a_gateway_again_that_failed_to_take_the_change()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);
        gateway.Takes = Task.FromException(new InvalidOperationException("not yet"));

        var published = portal.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessBroadcast>(0).Publish(Change);
        await gateway.HeardAsync(Change);
        gateway.Takes = Task.CompletedTask;

        await published.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(2, gateway.Heard.Count(change => change == Change));
    }
}
