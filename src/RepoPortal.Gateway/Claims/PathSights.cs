using System.Collections.Concurrent;
using Orleans;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway.Forwarding;

namespace RepoPortal.Gateway.Claims;

/// <summary>What people may see of repositories, asked of the storage node once per person and state of a repository's access.</summary>
internal sealed class PathSights(IGrainFactory grains)
{
    // With a rule or two each is some hundred bytes.
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(UpstreamKey, UserName?), PathSight> _known = new();

    /// <summary>What somebody may see; null is a visitor. Throws what the grain's call throws.</summary>
    internal ValueTask<PathSight> Find(RepositoryRoute route, UserName? user, CancellationToken cancellationToken) =>
        _known.TryGetValue((UpstreamKey.Of(route), user), out var known) ? new ValueTask<PathSight>(known) : new ValueTask<PathSight>(Ask(route, user, cancellationToken));

    private async Task<PathSight> Ask(RepositoryRoute route, UserName? user, CancellationToken cancellationToken)
    {
        var sight = new PathSight(await grains.GetGrain<IStorageNodeGrain>(route.Node).GetSight(route.Copy, Reader.Of(user), cancellationToken));
        if (_known.Count >= MostKept)
            _known.Clear(); // states that are over are never asked for again; what is needed comes back by itself
        return _known[(UpstreamKey.Of(route), user)] = sight;
    }
}
