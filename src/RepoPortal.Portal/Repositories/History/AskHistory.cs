using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Content;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>What every question about a history has in common.</summary>
internal sealed class AskHistory(AskNode node)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ask">Asks the node that holds the repository.</param>
    /// <param name="cancellationToken">Ends the work, the node's too.</param>
    internal Task<Outcome<T>> ExecuteAsync<T>(
        string name, Actor actor, Func<IHistoryGrain, RepositoryCopy, Reader, Task<T>> ask, CancellationToken cancellationToken)
        where T : notnull =>
        node.ExecuteAsync<T>(name, actor, async source => await ask(source.History, source.Copy, source.Reader), cancellationToken);
}
