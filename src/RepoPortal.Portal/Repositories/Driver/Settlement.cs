using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Writes down how creating a repository ended, empty or with what was imported.</summary>
internal static class Settlement
{
    /// <param name="made">The row as of when the node was asked.</param>
    internal static Task ReadyAsync(
        IDbContextFactory<RecordContext> contexts, Repository made, CopyMeasurement found, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleAsync(contexts, made.Id, made.State, repository =>
        {
            repository.State = RepositoryState.Ready;
            repository.FailureReason = null;
            repository.SizeBytes = found.SizeBytes;
            repository.Names.Single(claim => claim.Name == repository.Name).State = NameState.Served;
            // It was made with the file of that version, which becoming ready does not change. One changed meanwhile is written before it is served.
            if (repository.AccessVersion == made.AccessVersion)
                repository.PublishedAccessVersion = made.AccessVersion + 1;
            // So was its quota. One that was changed since it was asked for is told to the node by itself, which also ends the request for it.
            if (repository.QuotaVersion == made.QuotaVersion && made.QuotaVersion == Repository.FirstQuotaVersion)
                repository.QuotaPending = false;
            return AuditEntry.Of(now, Actor.System, AuditAction.RepositoryReady, repository.Name.Value, made.Id);
        }, cancellationToken);

    internal static Task FailedAsync(
        IDbContextFactory<RecordContext> contexts, RepositoryId id, RepositoryState from, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleAsync(contexts, id, from, repository =>
        {
            repository.State = RepositoryState.Failed;
            repository.FailureReason = reason;
            return AuditEntry.Of(now, Actor.System, AuditAction.RepositoryFailed, repository.Name.Value, id, new { reason });
        }, cancellationToken);

    private static Task<bool> SettleAsync(
        IDbContextFactory<RecordContext> contexts, RepositoryId id, RepositoryState from, Func<Repository, AuditEntry> settle, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(
            async record =>
            {
                var repository = await record.Repositories.Include(row => row.Names).SingleAsync(row => row.Id == id, cancellationToken);
                if (repository.State != from)
                    return false;
                record.Add(settle(repository));
                repository.AccessVersion++;
                await record.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);
}
