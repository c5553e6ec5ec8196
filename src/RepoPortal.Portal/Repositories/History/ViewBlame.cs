using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>Shows who last changed each line of a file.</summary>
internal sealed class ViewBlame(AskHistory history)
{
    private static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(2);

    /// <param name="name">The repository's name.</param>
    /// <param name="path">The file, and the revision in which it is looked up.</param>
    /// <param name="creditMerged">Whether to credit what was merged to who wrote it.</param>
    /// <param name="anyway">Whether to go on, though it takes long.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<Outcome<HistoryAnswer<BlameView>>> ExecuteAsync(string name, PegPath path, bool creditMerged, bool anyway, Actor actor, CancellationToken cancellationToken) =>
        history.ExecuteAsync(
            name, actor, (grain, copy, reader) => grain.Blame(copy, path, creditMerged, anyway ? DiffOptions.LongestTime : AtFirst, reader, cancellationToken), cancellationToken);
}
