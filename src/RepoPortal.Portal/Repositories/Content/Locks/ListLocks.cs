using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Content;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Repositories.Content.Locks;

/// <summary>Lists which files of a repository are locked.</summary>
internal sealed class ListLocks(OpenContent open, ILogger<ListLocks> logger)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="most">The most that are wanted.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<HeldLocks>> ExecuteAsync(string name, int most, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return (await open.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var source, out var refusal)
                ? await source.Content.ListLocks(source.Copy, most, source.Reader, cancellationToken)
                : refusal;
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            logger.LogWarning(exception, "the locks of {Repository} cannot be listed", name);
            return Refusal.Unavailable(NodeAway.Sentence);
        }
    }
}
