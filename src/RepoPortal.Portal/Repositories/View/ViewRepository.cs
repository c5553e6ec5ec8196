using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Repositories.View;

/// <summary>Shows one repository; somebody else's private one is <i>not found</i>.</summary>
internal sealed class ViewRepository(IDbContextFactory<RecordContext> contexts, PublicAddress address, IOptions<BackupOptions> backups, TimeProvider time)
{
    /// <param name="name">The name as it stands in the address.</param>
    /// <param name="actor">Who looks; may be anonymous.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var promise = await ViewPromise.ReadAsync(record, repository, actor, backups.Value, time.GetUtcNow(), cancellationToken);
        var view = RepositoryView.Of(repository, actor, address) with { Promise = promise };
        return view.MayManage ? view with { RequestedTier = await record.RequestedTierAsync(repository.Id, cancellationToken) } : view;
    }
}
