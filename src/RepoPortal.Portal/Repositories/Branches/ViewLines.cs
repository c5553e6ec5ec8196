using RepoPortal.Contracts.History;
using RepoPortal.Portal.Repositories.History;

namespace RepoPortal.Portal.Repositories.Branches;

/// <summary>Shows the branches or tags of a project, a page at a time.</summary>
internal sealed class ViewLines(AskHistory history)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="query">Of which project, and which of them.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work, that on the node too.</param>
    internal Task<Outcome<HistoryAnswer<LinesPage>>> ExecuteAsync(string name, LinesQuery query, Actor actor, CancellationToken cancellationToken) =>
        history.ExecuteAsync(name, actor, (grain, copy, reader) => grain.ListLines(copy, query, reader, cancellationToken), cancellationToken);
}
