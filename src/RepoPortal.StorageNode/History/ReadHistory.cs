using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>What every reading of a history has in common: the copy must be there, and it is read as one reader may know it.</summary>
internal sealed class ReadHistory(ReadCopy read, SvnLookClient look, ReaderAccess access, ReviewRevisions review, TimeProvider time)
{
    /// <summary>Reads from a copy.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<T> Run<T>(RepositoryCopy copy, Reader reader, Func<SightedHistory, HistoryAnswer<T>> work, CancellationToken cancellationToken)
        where T : class =>
        read.Run(copy, directory => work(new SightedHistory(directory, access.Of(directory, reader), look, review, cancellationToken)));

    /// <summary>The same at a path; says what is there when the path is not.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<T> Run<T>(
        RepositoryCopy copy, PegPath path, Reader reader, Func<SightedHistory, FoundNode, HistoryAnswer<T>> work, CancellationToken cancellationToken)
        where T : class =>
        Run(copy, reader, history => Find(history, path, out var found) is { } absence ? absence : work(history, found), cancellationToken);

    /// <summary>Looks a path up; null when it is there.</summary>
    public Absence? Find(SightedHistory history, PegPath path, out FoundNode found) => new FindNode(history, new ReadingBudget(time, FindNode.MostTime)).Run(path, out found);
}
