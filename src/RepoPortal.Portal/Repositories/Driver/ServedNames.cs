using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Brings the links on the disk to the names that the record has. Every step may run again.</summary>
internal sealed class ServedNames(IDbContextFactory<RecordContext> contexts, AccessChanges changes)
{
    /// <summary>Serves what is wanted and takes away what was let go; nothing to do is the usual case.</summary>
    /// <exception cref="StorageException">The disk refused; it can be tried again.</exception>
    internal async Task SettleAsync(RepositoryId id, Copy primary, IStorageNodeGrain node, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var unsettled = await record.Names.AsNoTracking().Where(claim => claim.RepositoryId == id && claim.State != NameState.Served).ToListAsync(cancellationToken);
        var (released, wanted) = (unsettled.FindAll(claim => claim.State == NameState.Released), unsettled.FindAll(claim => claim.State == NameState.Wanted));
        foreach (var claim in wanted)
        {
            await node.Serve(primary.Key, claim.Name, cancellationToken);
            await record.Names.Where(row => row.Name == claim.Name && row.RepositoryId == id && row.State == NameState.Wanted)
                .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.State, NameState.Served), cancellationToken);
        }

        // Gateways must have forgotten where a name led before it is free for another repository; and they hold it back until it is served.
        if (unsettled.Count > 0)
            await changes.PublishAsync(id);
        foreach (var claim in released)
        {
            await node.Withdraw(primary.Key, claim.Name, cancellationToken);
            await record.Names.Where(row => row.Name == claim.Name && row.RepositoryId == id && row.State == NameState.Released).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
