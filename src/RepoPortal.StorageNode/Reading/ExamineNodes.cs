using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Tells what stood at paths, whoever may see them; the answer is for the system itself.</summary>
internal sealed class ExamineNodes(ReadCopy read, SvnLookClient look)
{
    /// <summary>For each path whether it was a directory, in the same order; null when nothing was there.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public ImmutableArray<bool?> Run(RepositoryCopy copy, ImmutableArray<PathAtRevision> paths, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        var youngest = look.GetYoungest(directory);
        return paths.Select(path =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return path.Revision >= 0 && path.Revision <= youngest ? IsDirectory(new SvnLookOrigin(directory, path.Revision), path.Path) : null;
        }).ToImmutableArray();
    });

    private bool? IsDirectory(SvnLookOrigin origin, string path) => look.GetNodeKind(origin, path) switch
    {
        SvnNodeKind.Directory => true,
        SvnNodeKind.File => false,
        _ => null,
    };
}
