using System.Collections.Immutable;
using Orleans.Concurrency;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Access;

/// <summary>Answers the gateways out of the record. Keeps nothing: they do.</summary>
[StatelessWorker]
internal sealed class AccessDirectoryGrain(IDbContextFactory<RecordContext> contexts, FindToken find) : Grain, IAccessDirectory
{
    public async Task<RepositoryRoute?> FindRepository(RepositoryName name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var repository = await record.Repositories.Whole().AsNoTrackingWithIdentityResolution()
            .SingleOrDefaultAsync(candidate => candidate.Name == name, cancellationToken);
        if (repository is not { Primary: { } primary })
            return null;
        return new RepositoryRoute(
            repository.Name,
            primary.Key,
            primary.NodeName,
            repository.State,
            repository.Visibility,
            repository.AccessVersion,
            repository.Members.ToImmutableDictionary(member => member.User.Name, member => member.Access));
    }

    public async Task<TokenHolder?> FindToken(TokenDigest token, CancellationToken cancellationToken) =>
        await find.ExecuteAsync(token, cancellationToken) is { } found
            ? new TokenHolder(found.Id, found.User.Name, found.ReadOnly, found.ExpiresAt)
            : null;
}
