using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Lists the locks of a repository.</summary>
internal sealed class ListLocks(ReadCopy read, SvnLookClient look, ReaderAccess access)
{
    /// <summary>Those on files that the reader may see.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HeldLocks Run(RepositoryCopy copy, int most, Reader reader) => read.Run(copy, directory =>
    {
        var sight = access.Of(directory, reader);
        var locks = look.GetLocks(directory, "/", recursive: true).Values.Where(held => sight.MaySee(held.Path)).OrderBy(held => held.Path, StringComparer.Ordinal).ToList();
        return new HeldLocks([.. locks.Take(most).Select(held => new HeldLock(held.Path, new LockView(held.Owner, held.CreationTime, held.Comment, held.Mark)))], locks.Count);
    });
}
