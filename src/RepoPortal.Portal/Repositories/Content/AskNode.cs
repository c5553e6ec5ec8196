using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>What every question about what is in a repository has in common: who may ask, the node that answers on their behalf, and a sentence when that is away.</summary>
internal sealed class AskNode(OpenContent open, ILogger<AskNode> logger)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="actor">Who asks. An administrator without access of their own is told nothing of the content.</param>
    /// <param name="ask">Asks the node that holds the repository.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<T>> ExecuteAsync<T>(string name, Actor actor, Func<ContentSource, Task<Outcome<T>>> ask, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return (await open.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var source, out var refusal) ? await ask(source) : refusal;
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            logger.LogWarning(exception, "what is in {Repository} cannot be read", name);
            return Refusal.Unavailable(NodeAway.Sentence);
        }
    }
}
