using System.Collections.Immutable;
using Orleans.Concurrency;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Names;
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
        var (repository, isServed) = await ReadAsync(name, cancellationToken);
        if (repository is { State: RepositoryState.Ready } && repository.PublishedAccessVersion < repository.AccessVersion)
        {
            await files.PublishAsync(repository.Id, cancellationToken);
            (repository, isServed) = await ReadAsync(name, cancellationToken);
        }

        if (repository is not { Primary: { } primary, IsGone: false })
            return null;
        var now = time.GetUtcNow();
        var model = AccessModel.Of(repository, now);
        return new RepositoryRoute(
            name,
            primary.Key,
            primary.NodeName,
            isServed || repository.State != RepositoryState.Ready ? repository.State : RepositoryState.Provisioning, // a new name that is not on the disk yet
            repository.AccessVersion,
            model.Most(null),
            RouteLevels.OfStrangers(model),
            RouteLevels.OfPeople(model),
            GrantedPeople.NextEnd(repository, now),
            repository.ArchivedAt);
    }

    public async Task<TokenHolder?> FindToken(TokenDigest token, CancellationToken cancellationToken)
    {
        if (await find.ExecuteAsync(token, cancellationToken) is not { } found)
            return null;
        var end = found.User.EndsAt < found.ExpiresAt ? found.User.EndsAt.Value : found.ExpiresAt;
        return new TokenHolder(
            found.Id, found.User.Name, found.ReadOnly, end, found.IsScoped ? found.Scopes.Select(scope => scope.RepositoryId).ToImmutableHashSet() : null);
    }

    private async Task<(Repository? Repository, bool IsServed)> ReadAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.AsOfOneMomentAsync(
            async () => await record.FindClaimAsync(name, cancellationToken) is { State: not NameState.Released } claim
                ? (await FindAsync(record, claim.RepositoryId, cancellationToken), claim.State == NameState.Served)
                : default((Repository?, bool)),
            cancellationToken);
    }

    private static Task<Repository?> FindAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken) =>
        record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
}
