using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.StorageNodes;

/// <summary>One machine's disk. The key is the node's name; the activation lives on the silo of that machine (<see cref="NodePinnedAttribute"/>).</summary>
/// <remarks>
/// Every operation may run twice. Operations on a copy that is not there fail with <see cref="CopyNotFoundException"/>; a broken world (disk full, corrupt
/// repository) is a <see cref="StorageException"/> whose message is fit for the repository's owner.
/// </remarks>
[Alias("RepoPortal.StorageNode")]
public interface IStorageNodeGrain : IGrainWithStringKey
{
    /// <summary>Where the gateway reaches this node's httpd, and with what key.</summary>
    [Alias("GetEndpoint")]
    Task<NodeEndpoint> GetEndpoint(CancellationToken cancellationToken);

    /// <summary>Brings a new repository to the disk and serves it; finds out by itself how far an earlier attempt came.</summary>
    [Alias("Provision")]
    Task<CopyMeasurement> Provision(ProvisionRequest request, CancellationToken cancellationToken);

    /// <summary>Stops serving a name and moves what was stored of a copy to the trash; nothing to do is success.</summary>
    [Alias("Discard")]
    Task Discard(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken);

    /// <summary>Youngest revision and size of a copy.</summary>
    [Alias("Measure")]
    Task<CopyMeasurement> Measure(RepositoryCopy copy, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> commits from revision <paramref name="first"/> upwards; empty when the youngest is older.</summary>
    [Alias("ReadCommits")]
    Task<ImmutableArray<CommitSummary>> ReadCommits(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken);

    /// <summary>The entries of a directory at a revision (null: the youngest); null when there is no such directory.</summary>
    [Alias("ListDirectory")]
    Task<DirectoryListing?> ListDirectory(RepositoryCopy copy, string path, long? revision, CancellationToken cancellationToken);
}
