using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Search;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Searching;

/// <summary>Tells how far a repository has come, and which directory of it is searched.</summary>
internal sealed class ReadHead(ReadCopy read, SvnLookClient look)
{
    private const string Trunk = "/trunk";

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public SearchHead Run(RepositoryCopy copy) => read.Run(copy, directory =>
    {
        var youngest = look.GetYoungest(directory);
        var hasTrunk = look.GetNodeKind(new SvnLookOrigin(directory, youngest), Trunk) == SvnNodeKind.Directory;
        return new SearchHead(youngest, hasTrunk ? Trunk : "/");
    });
}
