using RepoPortal.Contracts.Amending;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Amending;

/// <summary>Gives a revision another message; libsvn compares the old one, so that of two at once one finds out.</summary>
internal sealed class CorrectMessage(ReadCopy read, SvnLookClient look)
{
    private const string Log = "svn:log";

    /// <exception cref="StorageException">The copy is not there, or cannot be written.</exception>
    public AmendmentAnswer Run(RepositoryCopy copy, MessageCorrection correction, UserName by) => read.Run(copy, directory =>
    {
        try
        {
            // The bytes that are there, which need not be the text that was shown: an imported message may be no UTF-8.
            var present = look.GetRevisionProperties(new SvnLookOrigin(directory, correction.Revision)).GetValueOrDefault(Log);
            if ((present?.StringValue ?? "") != correction.Expected)
                return new AmendmentAnswer(AmendmentOutcome.Changed);
            SvnRepositoryClient.ChangeRevisionProperty(directory, correction.Revision, Log, present, correction.Message, by.Value);
            return new AmendmentAnswer(AmendmentOutcome.Done);
        }
        catch (SvnException exception) when (exception.IsNoSuchRevision)
        {
            return new AmendmentAnswer(AmendmentOutcome.NotThere);
        }
        catch (SvnException exception) when (exception.Contains(SvnErrorCode.FsPropBaseValueMismatch))
        {
            return new AmendmentAnswer(AmendmentOutcome.Changed);
        }
        catch (SvnException exception) when (exception.Contains(SvnErrorCode.RepositoryHookFailure))
        {
            // A hook that runs afterwards complains about what is done.
            var isDone = look.GetRevisionProperties(new SvnLookOrigin(directory, correction.Revision)).GetValueOrDefault(Log)?.StringValue == correction.Message;
            return new AmendmentAnswer(isDone ? AmendmentOutcome.Done : AmendmentOutcome.RefusedByHook, exception.Message);
        }
    });
}
