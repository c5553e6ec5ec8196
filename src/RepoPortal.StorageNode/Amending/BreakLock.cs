using RepoPortal.Contracts.Amending;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Amending;

/// <summary>Takes a lock off a file, whoever holds it.</summary>
internal sealed class BreakLock(ReadCopy read, SvnLookClient look)
{
    /// <exception cref="StorageException">The copy is not there, or cannot be written.</exception>
    public AmendmentAnswer Run(RepositoryCopy copy, SeenLock seen, UserName by) => read.Run(copy, directory =>
    {
        try
        {
            // libsvn compares no token of a lock that is broken, so it is done here, as shortly before as can be.
            if (look.GetLock(directory, seen.Path) is not { } held)
                return new AmendmentAnswer(AmendmentOutcome.NotThere);
            if (held.Mark != seen.Mark)
                return new AmendmentAnswer(AmendmentOutcome.Changed);
            SvnRepositoryClient.BreakLock(directory, seen.Path, by.Value);
            return new AmendmentAnswer(AmendmentOutcome.Done);
        }
        catch (SvnException exception) when (exception.IsPathSyntax || exception.IsNotFound || exception.Contains(SvnErrorCode.FsNoSuchLock))
        {
            return new AmendmentAnswer(AmendmentOutcome.NotThere);
        }
        catch (SvnException exception) when (exception.Contains(SvnErrorCode.RepositoryHookFailure))
        {
            var isDone = look.GetLock(directory, seen.Path)?.Mark != seen.Mark;
            return new AmendmentAnswer(isDone ? AmendmentOutcome.Done : AmendmentOutcome.RefusedByHook, exception.Message);
        }
    });
}
