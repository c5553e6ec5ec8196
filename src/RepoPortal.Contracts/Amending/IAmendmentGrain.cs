using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.Amending;

/// <summary>
/// What people amend in the repositories of one node without a working copy. The key is the node's name; the activation lives on the silo of that machine
/// (<see cref="NodePinnedAttribute"/>).
/// </summary>
/// <remarks>
/// Who may do it is decided by whoever calls; whether it is still what they have seen is decided here. A hook that an operator has put into the repository is run as for
/// any other client, and its refusal counts. Operations on a copy that is not there fail with <see cref="CopyNotFoundException"/>, broken ones with a <see cref="StorageException"/>.
/// </remarks>
[Alias("RepoPortal.Amendment")]
public interface IAmendmentGrain : IGrainWithStringKey
{
    /// <summary>Gives a revision another message, if it has the expected one.</summary>
    [Alias("CorrectMessage")]
    Task<AmendmentAnswer> CorrectMessage(RepositoryCopy copy, MessageCorrection correction, UserName by, CancellationToken cancellationToken);

    /// <summary>Takes a lock off a file, if it is the one that was seen.</summary>
    [Alias("BreakLock")]
    Task<AmendmentAnswer> BreakLock(RepositoryCopy copy, SeenLock seen, UserName by, CancellationToken cancellationToken);
}

/// <summary>A message that is to stand in the place of another.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Expected">The message as it was seen; empty also when there was none.</param>
/// <param name="Message">The new one, with line ends LF.</param>
[GenerateSerializer, Immutable]
public sealed record MessageCorrection([property: Id(0)] long Revision, [property: Id(1)] string Expected, [property: Id(2)] string Message);

/// <summary>A lock as somebody saw it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Mark">The mark by which it is known.</param>
[GenerateSerializer, Immutable]
public sealed record SeenLock([property: Id(0)] string Path, [property: Id(1)] string Mark);

/// <summary>What came of it.</summary>
/// <param name="Outcome">Whether it was done, or why not.</param>
/// <param name="Sentence">What a hook said; null without one.</param>
[GenerateSerializer, Immutable]
public sealed record AmendmentAnswer([property: Id(0)] AmendmentOutcome Outcome, [property: Id(1)] string? Sentence = null);

/// <summary>Whether something was amended.</summary>
public enum AmendmentOutcome
{
    /// <summary>It was.</summary>
    Done,

    /// <summary>It is not what was seen: somebody else was faster.</summary>
    Changed,

    /// <summary>There is nothing to be amended, or not any more.</summary>
    NotThere,

    /// <summary>A hook refused it.</summary>
    RefusedByHook,
}
