using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Tells a repository's node how much it may hold, until it knows.</summary>
internal sealed class QuotaDriver(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>Brings what the row says to the disk; nothing to do for one that is not served, or whose node knows.</summary>
    /// <exception cref="StorageException">The disk refuses.</exception>
    internal async Task BringAsync(Repository repository, Func<string, IStorageNodeGrain> nodes, CancellationToken cancellationToken)
    {
        if (repository is not { State: RepositoryState.Ready, QuotaPending: true, Primary: { } primary })
            return;
        await nodes(primary.NodeName).SetQuota(primary.Key, new CopyQuota(repository.QuotaVersion, repository.EffectiveQuota), cancellationToken);
        await contexts.UndisturbedAsync(record => NoteAsync(record, repository.Id, repository.QuotaVersion, cancellationToken), cancellationToken);
    }

    // What was changed while the node wrote is still to be told.
    private async Task<int> NoteAsync(RecordContext record, RepositoryId id, long told, CancellationToken cancellationToken)
    {
        if (await record.Repositories.SingleOrDefaultAsync(row => row.Id == id && row.QuotaVersion == told, cancellationToken) is not { } repository)
            return 0;
        repository.QuotaPending = false;
        var approved = await record.TierRequests.Where(row => row.RepositoryId == id && row.State == TierRequestState.Approved).ToListAsync(cancellationToken);
        foreach (var request in approved)
            (request.State, request.EffectiveAt) = (TierRequestState.Effective, time.GetUtcNow());
        return await record.SaveChangesAsync(cancellationToken);
    }
}
