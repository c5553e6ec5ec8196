using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories.Content;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>What every question about a history has in common: who may ask, and the node that answers on their behalf.</summary>
internal sealed class AskHistory(OpenContent open, ILogger<AskHistory> logger)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="actor">Who asks. History is content: an administrator without access of their own sees none.</param>
    /// <param name="ask">Asks the node that holds the repository.</param>
    /// <param name="cancellationToken">Ends the work, the node's too.</param>
    internal async Task<Outcome<T>> ExecuteAsync<T>(
        string name, Actor actor, Func<IHistoryGrain, RepositoryCopy, Reader, Task<T>> ask, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return (await open.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var source, out var refusal)
                ? await ask(source.History, source.Copy, source.Reader)
                : refusal;
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            logger.LogWarning(exception, "the history of {Repository} cannot be read", name);
            return Refusal.Unavailable(NodeAway.Sentence);
        }
    }
}
