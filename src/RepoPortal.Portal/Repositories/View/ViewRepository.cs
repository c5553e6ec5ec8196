using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Repositories.View;

/// <summary>Shows one repository; somebody else's private one is <i>not found</i>.</summary>
internal sealed class ViewRepository(
    IDbContextFactory<RecordContext> contexts, ReadRepository read, RecordCache cache, PublicAddress address, IOptions<BackupOptions> backups, TimeProvider time)
{
    /// <param name="name">The name as it stands in the address.</param>
    /// <param name="actor">Who looks; may be anonymous.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await read.ExecuteAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var beside = await cache.GetAsync(new BesideKey(repository.Id), () => ReadBesideAsync(repository.Id, cancellationToken), cancellationToken);
        var promise = ViewPromise.Judge(repository, beside.Evidence, actor, backups.Value, time.GetUtcNow());
        var view = RepositoryView.Of(repository, actor, address) with { Promise = promise };
        return view.MayManage ? view with { RequestedTier = beside.RequestedTier } : view;
    }

    private async Task<Beside> ReadBesideAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return new Beside(await PromiseEvidence.ReadAsync(record, id, cancellationToken), await record.RequestedTierAsync(id, cancellationToken));
    }

    private sealed record BesideKey(RepositoryId Id);

    /// <summary>What a repository's header shows that stands in other tables.</summary>
    private sealed record Beside(PromiseEvidence Evidence, string? RequestedTier);
}
