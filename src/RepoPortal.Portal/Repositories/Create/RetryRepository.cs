using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Restores;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>Tries again to make a repository whose creation failed.</summary>
internal sealed class RetryRepository(
    IDbContextFactory<RecordContext> contexts, Drivers drivers, AccessChanges changes, ViewRepository view, TimeProvider time)
{
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await contexts.UndisturbedAsync(record => BeginAsync(record, name, actor, cancellationToken), cancellationToken);
        if (!begun.Succeeded(out var repository, out var refusal))
            return refusal;
        await changes.PublishAsync(repository.Id);
        await drivers.SettleAsync(repository.Id, cancellationToken);
        return await view.ExecuteAsync(name, actor, cancellationToken);
    }

    private async Task<Outcome<Repository>> BeginAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "try again", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        if (repository.State != RepositoryState.Failed)
            return Refusal.Conflict("There is nothing to try again: the repository has not failed.");
        if (await record.LastRestoreAsync(repository.Id, cancellationToken) is { } restore)
        {
            record.RestoreAgain(repository, restore, actor, time.GetUtcNow());
        }
        else if (await record.LastImportAsync(repository.Id, cancellationToken) is { } import)
        {
            record.ImportAgain(repository, ImportParameters.Of(import), actor, time.GetUtcNow());
        }
        else
        {
            repository.State = RepositoryState.Provisioning;
            repository.FailureReason = null;
            repository.AccessVersion++;
        }

        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.RepositoryRetried, repository.Name.Value, repository.Id));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}
