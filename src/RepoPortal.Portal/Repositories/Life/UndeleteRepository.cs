using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Takes a repository out of the trash: it is what it was, with everybody's access and under all of its names.</summary>
internal sealed class UndeleteRepository(
    IDbContextFactory<RecordContext> contexts, Drivers drivers, AccessChanges changes, ViewRepository view, TimeProvider time)
{
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var taken = await contexts.UndisturbedAsync(record => UndeleteAsync(record, name, actor, cancellationToken), cancellationToken);
        if (!taken.Succeeded(out var repository, out var refusal))
            return refusal;
        await drivers.SettleAsync(repository.Id, cancellationToken);
        await changes.PublishAsync(repository.Id);
        return await view.ExecuteAsync(name, actor, cancellationToken);
    }

    private async Task<Outcome<Repository>> UndeleteAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindAnyManagedAsync(name, actor, "take it out of the trash", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        if (repository.State == RepositoryState.Purging)
            return Refusal.Gone($"The time of '{repository.Name}' in the trash is over; it is being removed.");
        if (repository.State != RepositoryState.Deleted)
            return Refusal.Conflict($"'{repository.Name}' is not in the trash.");
        var deletedAt = repository.DeletedAt;
        repository.State = RepositoryState.Ready;
        (repository.DeletedAt, repository.DeletedBy, repository.GoneAt) = (null, null, null);
        repository.AccessVersion++;
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.RepositoryUndeleted, repository.Name.Value, repository.Id, new { deletedAt }));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}
