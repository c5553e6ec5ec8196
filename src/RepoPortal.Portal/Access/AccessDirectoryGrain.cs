using System.Collections.Immutable;
using Orleans.Concurrency;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Access;

/// <summary>Answers the gateways out of the record. Keeps nothing: they do.</summary>
[StatelessWorker]
internal sealed class AccessDirectoryGrain(IDbContextFactory<RecordContext> contexts, AccessFiles files, FindToken find, TimeProvider time)
    : Grain, IAccessDirectory
{
    public async Task<RepositoryRoute?> FindRepository(RepositoryName name, CancellationToken cancellationToken)
    {
        // What is handed out must be on the disk; a change that comes in between makes a new version, which everybody is told of.
        var repository = await ReadAsync(name, cancellationToken);
        if (repository is { State: RepositoryState.Ready } && repository.PublishedAccessVersion < repository.AccessVersion)
        {
            await files.PublishAsync(name, cancellationToken);
            repository = await ReadAsync(name, cancellationToken);
        }

        if (repository is not { Primary: { } primary })
            return null;
        var now = time.GetUtcNow();
        var model = AccessModel.Of(repository, now);
        return new RepositoryRoute(
            repository.Name,
            primary.Key,
            primary.NodeName,
            repository.State,
            repository.AccessVersion,
            model.Most(null),
            RouteLevels.OfStrangers(model),
            RouteLevels.OfPeople(model),
            GrantedPeople.NextEnd(repository, now));
    }

    public async Task<TokenHolder?> FindToken(TokenDigest token, CancellationToken cancellationToken)
    {
        if (await find.ExecuteAsync(token, cancellationToken) is not { } found)
            return null;
        var end = found.User.EndsAt < found.ExpiresAt ? found.User.EndsAt.Value : found.ExpiresAt;
        return new TokenHolder(
            found.Id, found.User.Name, found.ReadOnly, end, found.IsScoped ? found.Scopes.Select(scope => scope.RepositoryId).ToImmutableHashSet() : null);
    }

    private async Task<Repository?> ReadAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.AsOfOneMomentAsync(
            () => record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().SingleOrDefaultAsync(candidate => candidate.Name == name, cancellationToken),
            cancellationToken);
    }
}
