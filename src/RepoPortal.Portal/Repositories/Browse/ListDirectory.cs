using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Access;

namespace RepoPortal.Portal.Repositories.Browse;

/// <summary>Lists a directory of a repository, read by libsvn on the node that holds it.</summary>
internal sealed class ListDirectory(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, AccessFiles files)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="path">The directory's path, starting with a slash.</param>
    /// <param name="revision">At which revision; null for the youngest.</param>
    /// <param name="actor">Who looks. Paths are content: an administrator without access of their own sees none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<DirectoryListing>> ExecuteAsync(
        string name, string path, long? revision, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (Standing.Of(repository, actor).Access == AccessLevel.None)
            return Refusal.Forbidden("You look after this repository as an administrator, but have no access to its content.");
        if (repository is not { State: RepositoryState.Ready, Primary: { } primary })
            return Refusal.Conflict("The repository is not ready yet.");
        await files.EnsureWrittenAsync(repository, cancellationToken);
        var listing = await grains.GetGrain<IStorageNodeGrain>(primary.NodeName).ListDirectory(primary.Key, path, revision, Reader.Of(actor.Name), cancellationToken);
        return listing is null ? Refusal.NotFound("There is no such directory in that revision.") : listing;
    }
}
