using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Gives a repository another name. The one it had stays as an alias, under which clients, pages and the API still reach it.</summary>
internal sealed class RenameRepository(
    IDbContextFactory<RecordContext> contexts, Drivers drivers, AccessChanges changes, ViewRepository view, TimeProvider time)
{
    /// <summary>The most names from before that a repository keeps: enough for anybody, and nobody collects names.</summary>
    internal const int MostAliases = 20;

    /// <param name="name">Any of its names.</param>
    /// <param name="to">The new one as typed; one of its own aliases is a way back.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(string name, string? to, Actor actor, CancellationToken cancellationToken)
    {
        if (!RepositoryName.TryParse(to, out var wanted, out var sentence))
            return Refusal.Invalid("to", sentence);
        var renamed = await contexts.UndisturbedAsync(record => RenameAsync(record, name, wanted, actor, cancellationToken), cancellationToken);
        if (!renamed.Succeeded(out var repository, out var refusal))
            return refusal;
        // The record has decided; the disk follows, now or when its node is back. Until then the new address says that it is being set up.
        await drivers.SettleAsync(repository.Id, cancellationToken);
        await changes.PublishAsync(repository.Id);
        return await view.ExecuteAsync(wanted.Value, actor, cancellationToken);
    }

    private async Task<Outcome<Repository>> RenameAsync(RecordContext record, string name, RepositoryName to, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "rename it", cancellationToken);
        if (!found.Succeeded(out var repository, out _) || repository.Name == to)
            return found;
        if (repository.State != RepositoryState.Ready)
            return Refusal.Conflict("Only a repository that was made can be renamed.");
        if (await ClaimAsync(record, repository, to, cancellationToken) is { } refusal)
            return refusal;
        var from = repository.Name;
        repository.Name = to;
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.RepositoryRenamed, to.Value, repository.Id, new { from = from.Value, to = to.Value }));
        // Who takes the name at the same moment is decided by its key; whoever comes second is told so in the next round.
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }

    private async Task<Refusal?> ClaimAsync(RecordContext record, Repository repository, RepositoryName to, CancellationToken cancellationToken)
    {
        if (repository.Names.SingleOrDefault(claim => claim.Name == to) is { } own)
        {
            if (own.State == NameState.Released)
                own.State = NameState.Wanted;
            return null;
        }

        if (await record.FindClaimAsync(to, cancellationToken) is not null)
            return Refusal.Conflict(CreateRepository.TakenSentence(to), "to");
        if (repository.Names.Count > MostAliases)
            return Refusal.Conflict($"It has {MostAliases} names from before already; let one go first.");
        record.Add(NameClaim.Of(repository.Id, to, time.GetUtcNow()));
        return null;
    }
}
