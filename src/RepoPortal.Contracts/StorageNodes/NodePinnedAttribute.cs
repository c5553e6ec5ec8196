using Orleans.Placement;
using Orleans.Runtime;

namespace RepoPortal.Contracts.StorageNodes;

/// <summary>Places a grain on the silo whose metadata names the node that is the grain's key.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class NodePinnedAttribute() : PlacementAttribute(new NodePinnedPlacement());

/// <summary>The strategy behind <see cref="NodePinnedAttribute"/>; the director of it stands with the server's composition.</summary>
[GenerateSerializer, Immutable]
public sealed class NodePinnedPlacement : PlacementStrategy
{
    /// <summary>The key of the silo metadata that carries the node's name.</summary>
    public const string MetadataKey = "repoportal.node";
}
