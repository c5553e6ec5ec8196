using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Access;

/// <summary>Makes a committed change effective: called after the save and before the answer, so that whoever is told "done" can rely on it.</summary>
internal sealed class AccessChanges(IGrainFactory grains)
{
    /// <summary>A repository's members, visibility, state or place changed.</summary>
    internal Task PublishAsync(RepositoryName repository) => PublishAsync(new AccessChange(repository, User: null));

    /// <summary>A person or their tokens changed.</summary>
    internal Task PublishAsync(UserName user) => PublishAsync(new AccessChange(Repository: null, user));

    private Task PublishAsync(AccessChange change) => grains.GetGrain<IAccessBroadcast>(0).Publish(change);
}
