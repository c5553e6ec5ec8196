using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Access;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>What every question about a history has in common: who may ask, and the node that answers on their behalf.</summary>
internal sealed class AskHistory(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, AccessFiles files, ILogger<AskHistory> logger)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="actor">Who asks. History is content: an administrator without access of their own sees none.</param>
    /// <param name="ask">Asks the node that holds the repository.</param>
    /// <param name="cancellationToken">Ends the work, the node's too.</param>
    internal async Task<Outcome<T>> ExecuteAsync<T>(
        string name, Actor actor, Func<IHistoryGrain, RepositoryCopy, Reader, Task<T>> ask, CancellationToken cancellationToken)
        where T : notnull
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (Standing.Of(repository, actor).Access == AccessLevel.None)
            return Refusal.Forbidden("You look after this repository as an administrator, but have no access to its content.");
        if (repository is not { State: RepositoryState.Ready, Primary: { } primary })
            return Refusal.Conflict("The repository is not ready yet.");
        try
        {
            await files.EnsureWrittenAsync(repository, cancellationToken);
            return await ask(grains.GetGrain<IHistoryGrain>(primary.NodeName), primary.Key, Reader.Of(actor.Name));
        }
        catch (Exception exception) when (exception is StorageException or OrleansException or TimeoutException)
        {
            logger.LogWarning(exception, "the history of {Repository} cannot be read", repository.Name);
            return Refusal.Conflict("The machine that holds this repository does not answer at the moment. Load the page again in a minute.");
        }
    }
}
