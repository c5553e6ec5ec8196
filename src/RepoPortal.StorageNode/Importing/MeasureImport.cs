using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Importing;

/// <summary>Tells how many revisions of an import are whole, whatever became of the attempts.</summary>
internal sealed class MeasureImport(NodeDirectories directories, SvnLookClient look)
{
    /// <summary>The youngest revision that would be served; 0 when nothing would.</summary>
    /// <exception cref="StorageException">What was loaded cannot be read.</exception>
    public long Run(RepositoryCopy copy)
    {
        try
        {
            if (Directory.Exists(directories.Copy(copy)))
                return look.GetYoungest(directories.Copy(copy));
            var import = new ImportDirectory(directories, copy);
            return import is { IsThere: true, IsTrusted: true } ? look.GetYoungest(import.Repository) : 0;
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("what was imported so far cannot be read", exception);
        }
    }
}
