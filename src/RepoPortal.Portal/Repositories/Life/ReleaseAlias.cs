using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Lets a name from before go: nothing is reached by it any more, and another repository may have it.</summary>
internal sealed class ReleaseAlias(IDbContextFactory<RecordContext> contexts, Drivers drivers, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, string? alias, Actor actor, CancellationToken cancellationToken)
    {
        var released = await contexts.UndisturbedAsync(record => ReleaseAsync(record, name, alias, actor, cancellationToken), cancellationToken);
        if (!released.Succeeded(out var repository, out var refusal))
            return refusal;
        await changes.PublishAsync(repository.Id);
        await drivers.SettleAsync(repository.Id, cancellationToken);
        return Done.Instance;
    }

    private async Task<Outcome<Repository>> ReleaseAsync(RecordContext record, string name, string? alias, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "let its earlier names go", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        if (repository.Name.Value == alias)
            return Refusal.Conflict($"'{alias}' is its present name; rename it first.");
        if (repository.Names.SingleOrDefault(claim => claim.Name.Value == alias && claim.State != NameState.Released) is not { } claim)
            return Refusal.NotFound($"'{alias}' is not a name that this repository had.");
        claim.State = NameState.Released;
        repository.AccessVersion++;
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.RepositoryAliasReleased, claim.Name.Value, repository.Id));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}
