using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Copies;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Removes a repository whose time in the trash is over: first from every disk, then from the record. Every step may run again.</summary>
internal sealed class Purge(IDbContextFactory<RecordContext> contexts, IGrainFactory grains)
{
    /// <exception cref="StorageException">A disk refused; it can be tried again.</exception>
    internal async Task RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await record.Names.Where(claim => claim.RepositoryId == repository.Id).Select(claim => claim.Name).ToListAsync(cancellationToken);
        foreach (var copy in repository.Copies)
            await DiscardAsync(copy, repository.Name, names, cancellationToken);
        // Everything that belongs to it goes with the row; what the audit says of it stays. Its names are free from here on.
        await record.Repositories.Where(row => row.Id == repository.Id && row.State == RepositoryState.Purging).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task DiscardAsync(Copy copy, RepositoryName name, IEnumerable<RepositoryName> names, CancellationToken cancellationToken)
    {
        var node = grains.GetGrain<IStorageNodeGrain>(copy.NodeName);
        foreach (var served in names)
            await node.Withdraw(copy.Key, served, cancellationToken);
        await node.Discard(copy.Key, name, cancellationToken);
    }
}
