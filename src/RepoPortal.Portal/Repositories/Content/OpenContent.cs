using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Access;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>A repository's content, as somebody may read it.</summary>
/// <param name="Node">The machine that has it.</param>
/// <param name="Content">What reads files and directories there.</param>
/// <param name="History">What reads there what changed.</param>
/// <param name="Copy">Which copy there.</param>
/// <param name="Reader">On whose behalf it is read.</param>
internal sealed record ContentSource(IStorageNodeGrain Node, IContentGrain Content, IHistoryGrain History, RepositoryCopy Copy, Reader Reader);

/// <summary>Finds the content of a repository for somebody who may read it; what they may see of it the node decides with every call.</summary>
internal sealed class OpenContent(ReadRepository read, IGrainFactory grains, AccessFiles files)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="actor">Who looks. An administrator without access of their own sees no content.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<ContentSource>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await read.ExecuteAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (Standing.Of(repository, actor).Access == AccessLevel.None)
            return Refusal.Forbidden("You look after this repository as an administrator, but have no access to its content.");
        if (repository is not { State: RepositoryState.Ready, Primary: { } primary })
            return Refusal.Conflict("The repository is not ready yet.");
        await files.EnsureWrittenAsync(repository, cancellationToken);
        return new ContentSource(
            grains.GetGrain<IStorageNodeGrain>(primary.NodeName),
            grains.GetGrain<IContentGrain>(primary.NodeName),
            grains.GetGrain<IHistoryGrain>(primary.NodeName),
            primary.Key,
            Reader.Of(actor.Name));
    }
}
