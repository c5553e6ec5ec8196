using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Driver;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>
/// Puts a repository into the trash: at once nobody reaches it, and for its tier's retention it can be taken back as it was. One that was never made has nothing to
/// keep and goes for good.
/// </summary>
internal sealed class DeleteRepository(IDbContextFactory<RecordContext> contexts, Drivers drivers, AccessChanges changes, TimeProvider time)
{
    /// <returns>Until when it can be taken back.</returns>
    internal async Task<Outcome<DeletedRepository>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var deleted = await contexts.UndisturbedAsync(record => DeleteAsync(record, name, actor, cancellationToken), cancellationToken);
        if (!deleted.Succeeded(out var repository, out var refusal))
            return refusal;
        await changes.PublishAsync(repository.Id);
        if (repository.State == RepositoryState.Purging)
            await drivers.SettleAsync(repository.Id, cancellationToken);
        return new DeletedRepository(repository.Name, repository.State == RepositoryState.Deleted ? repository.GoneAt : null);
    }

    private async Task<Outcome<Repository>> DeleteAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindAnyManagedAsync(name, actor, "delete it", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        if (repository.IsGone)
            return Refusal.Conflict($"'{repository.Name}' is in the trash already.");
        if (repository.State == RepositoryState.Provisioning)
            return Refusal.Conflict("It is being made; wait a moment, then delete it.");
        if (repository.State == RepositoryState.Importing)
            return Refusal.Conflict("It is being imported; stop that or wait until it is over, then delete it.");
        var (now, wasMade) = (time.GetUtcNow(), repository.State == RepositoryState.Ready);
        repository.State = wasMade ? RepositoryState.Deleted : RepositoryState.Purging;
        (repository.DeletedAt, repository.DeletedBy) = (now, actor.Label);
        repository.GoneAt = wasMade ? now.AddSeconds(repository.Tier.RetentionSeconds) : now;
        repository.AccessVersion++;
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryDeleted, repository.Name.Value, repository.Id, new { keptUntil = wasMade ? repository.GoneAt : null }));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}

/// <summary>A repository that was just deleted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="GoneAt">Until when it can be taken back; null when there was nothing to keep.</param>
public sealed record DeletedRepository(RepositoryName Name, DateTimeOffset? GoneAt);
