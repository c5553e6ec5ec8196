using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>Stops an import that is going on, as if it had failed: what is whole is kept, and can be continued, served as it is, or deleted.</summary>
internal sealed class StopImport(IDbContextFactory<RecordContext> contexts, ImportSecrets secrets, AccessChanges changes, TimeProvider time)
{
    /// <summary>Returns when nobody will serve it any more; the loader stops within a second or two.</summary>
    internal async Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var stopped = await contexts.UndisturbedAsync(record => StopAsync(record, name, actor, cancellationToken), cancellationToken);
        if (!stopped.Succeeded(out var import, out var refusal))
            return refusal;
        if (import.Task is { } task)
            secrets.Forget(task);
        await changes.PublishAsync(import.Repository);
        return Done.Instance;
    }

    private async Task<Outcome<Stopped>> StopAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "stop its import", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.State != RepositoryState.Importing)
            return Refusal.Conflict($"Nothing is being imported into '{repository.Name}'.");
        var now = time.GetUtcNow();
        var reason = $"The import was stopped by {actor.Label}.";
        var task = await record.Tasks.SingleOrDefaultAsync(row => row.RepositoryId == repository.Id && row.Kind == TaskKind.Import && row.Key != null, cancellationToken);
        task?.GiveUp(reason, now);
        (repository.State, repository.FailureReason) = (RepositoryState.Failed, reason);
        repository.AccessVersion++;
        record.Add(AuditEntry.Of(now, actor, AuditAction.RepositoryImportStopped, repository.Name.Value, repository.Id));
        await record.SaveChangesAsync(cancellationToken);
        return new Stopped(repository.Id, task?.Id);
    }

    private sealed record Stopped(RepositoryId Repository, Guid? Task);
}
