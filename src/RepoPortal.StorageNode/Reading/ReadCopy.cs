using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>What every reading has in common: the copy must be there, and what libsvn says becomes a sentence.</summary>
internal sealed class ReadCopy(NodeDirectories directories)
{
    /// <summary>Reads from the copy's directory.</summary>
    /// <exception cref="CopyNotFoundException">There is no such copy on this node.</exception>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public T Run<T>(RepositoryCopy copy, Func<string, T> read)
    {
        var path = directories.Copy(copy);
        try
        {
            if (Directory.Exists(path))
                return read(path);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception) && Directory.Exists(path))
        {
            throw StorageFailure.Of("the repository could not be read", exception);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            // Discarded while it was read.
        }

        throw new CopyNotFoundException($"there is no copy {copy.Generation} of the repository '{copy.Repository}' on this node");
    }
}
