using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Writes down how creating a repository ended.</summary>
internal static class Settlement
{
    internal static Task ReadyAsync(
        IDbContextFactory<RecordContext> contexts, RepositoryId id, CopyMeasurement found, long accessVersion, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleAsync(contexts, id, repository =>
        {
            repository.State = RepositoryState.Ready;
            repository.SizeBytes = found.SizeBytes;
            repository.Names.Single(claim => claim.Name == repository.Name).State = NameState.Served;
            // It was made with the file of that version, which becoming ready does not change. One changed meanwhile is written before it is served.
            if (repository.AccessVersion == accessVersion)
                repository.PublishedAccessVersion = accessVersion + 1;
            return AuditEntry.Of(now, Actor.System, AuditAction.RepositoryReady, repository.Name.Value, id);
        }, cancellationToken);

    internal static Task FailedAsync(
        IDbContextFactory<RecordContext> contexts, RepositoryId id, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleAsync(contexts, id, repository =>
        {
            repository.State = RepositoryState.Failed;
            repository.FailureReason = reason;
            return AuditEntry.Of(now, Actor.System, AuditAction.RepositoryFailed, repository.Name.Value, id, new { reason });
        }, cancellationToken);

    private static Task<bool> SettleAsync(
        IDbContextFactory<RecordContext> contexts, RepositoryId id, Func<Repository, AuditEntry> settle, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(
            async record =>
            {
                var repository = await record.Repositories.Include(row => row.Names).SingleAsync(row => row.Id == id, cancellationToken);
                if (repository.State != RepositoryState.Provisioning)
                    return false;
                record.Add(settle(repository));
                repository.AccessVersion++;
                await record.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);
}
