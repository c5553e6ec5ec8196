using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Server.Cluster;

/// <summary>Finds the silo whose metadata names the node that is the grain's key: a disk's grain runs on the machine that has the disk.</summary>
internal sealed class NodePinnedDirector(ISiloMetadataCache metadata) : IPlacementDirector
{
    /// <inheritdoc/>
    /// <exception cref="SiloUnavailableException">No silo of that node is in the cluster now; the caller tries again later.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var node = target.GrainIdentity.Key.ToString();
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            if (metadata.GetSiloMetadata(silo).Metadata.TryGetValue(NodePinnedPlacement.MetadataKey, out var name)
                && string.Equals(name, node, StringComparison.Ordinal))
            {
                return Task.FromResult(silo);
            }
        }

        throw new SiloUnavailableException($"storage node '{node}' is away");
    }
}
