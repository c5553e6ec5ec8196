using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;

namespace RepoPortal.StorageNode.Access;

/// <summary>Describes what somebody may see of a copy, for the gateway to look at what httpd does not.</summary>
internal sealed class DescribeSight(ReadCopy read, ReaderAccess access)
{
    /// <summary>The root, and every path below it at which it changes.</summary>
    /// <exception cref="StorageException">The copy is not there, or libsvn refuses its access file.</exception>
    public ImmutableArray<SightChange> Run(RepositoryCopy copy, Reader reader) => read.Run(copy, directory => access.ChangesOf(directory, reader));
}
