using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.Access;

/// <summary>What the gateway asks the portal. Answers come from the record and are kept by the gateway until <see cref="IAccessObserver"/> says otherwise.</summary>
[Alias("RepoPortal.AccessDirectory")]
public interface IAccessDirectory : IGrainWithIntegerKey
{
    /// <summary>The repository that is reached by that name, its present one or one from before it was renamed; null when there is none, or it was deleted.</summary>
    [Alias("FindRepository")]
    Task<RepositoryRoute?> FindRepository(RepositoryName name, CancellationToken cancellationToken);

    /// <summary>Whom a token stands for; null when it stands for nobody (any more).</summary>
    [Alias("FindToken")]
    Task<TokenHolder?> FindToken(TokenDigest token, CancellationToken cancellationToken);
}
