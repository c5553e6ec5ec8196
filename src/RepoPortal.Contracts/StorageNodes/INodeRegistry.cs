namespace RepoPortal.Contracts.StorageNodes;

/// <summary>Where storage nodes announce themselves; the portal keeps a row for each. Key 0.</summary>
[Alias("RepoPortal.NodeRegistry")]
public interface INodeRegistry : IGrainWithIntegerKey
{
    /// <summary>The node is up. Called at its start and once a minute; the first call makes the row.</summary>
    [Alias("Announce")]
    Task Announce(NodeAnnouncement announcement);
}

/// <summary>A node's word about itself.</summary>
/// <param name="Name">Its name, from configuration.</param>
/// <param name="Host">The machine's host name.</param>
/// <param name="FreeBytes">Free on the file system that holds the store.</param>
/// <param name="TotalBytes">The size of that file system.</param>
/// <param name="StartedAt">When this process of it started.</param>
[GenerateSerializer, Immutable]
public sealed record NodeAnnouncement(
    [property: Id(0)] string Name,
    [property: Id(1)] string Host,
    [property: Id(2)] long FreeBytes,
    [property: Id(3)] long TotalBytes,
    [property: Id(4)] DateTimeOffset StartedAt);
