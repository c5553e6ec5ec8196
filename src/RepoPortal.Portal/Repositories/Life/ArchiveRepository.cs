using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers.Drift;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Makes a repository read-only, and takes it back into use. Reading goes on; what is being written at that moment is cut.</summary>
internal sealed class ArchiveRepository(IDbContextFactory<RecordContext> contexts, AccessChanges changes, ViewRepository view, TimeProvider time)
{
    internal Task<Outcome<RepositoryView>> ArchiveAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        ExecuteAsync(name, archive: true, actor, cancellationToken);

    internal Task<Outcome<RepositoryView>> UnarchiveAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        ExecuteAsync(name, archive: false, actor, cancellationToken);

    /// <summary>What it would be refused with; nothing comes of it.</summary>
    internal async Task<Refusal?> RehearseAsync(string name, bool archive, Actor actor, CancellationToken cancellationToken) =>
        (await contexts.RehearseAsync(record => ChangeAsync(record, name, archive, actor, cancellationToken), cancellationToken)).Refusal;

    private async Task<Outcome<RepositoryView>> ExecuteAsync(string name, bool archive, Actor actor, CancellationToken cancellationToken)
    {
        var changed = await contexts.UndisturbedAsync(record => ChangeAsync(record, name, archive, actor, cancellationToken), cancellationToken);
        if (!changed.Succeeded(out var repository, out var refusal))
            return refusal;
        await changes.PublishAsync(repository.Id);
        return await view.ExecuteAsync(name, actor, cancellationToken);
    }

    private async Task<Outcome<Repository>> ChangeAsync(RecordContext record, string name, bool archive, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, archive ? "archive it" : "take it back into use", cancellationToken);
        if (!found.Succeeded(out var repository, out _) || archive == repository.ArchivedAt is not null)
            return found;
        if (repository.State != RepositoryState.Ready)
            return Refusal.Conflict("Only a repository that was made can be archived.");
        var (now, since) = (time.GetUtcNow(), repository.ArchivedAt);
        (repository.ArchivedAt, repository.ArchivedBy) = archive ? (now, actor.Label) : ((DateTimeOffset?)null, (string?)null);
        repository.AccessVersion++;
        if (archive)
            await EndProposalAsync(record, repository.Id, cancellationToken);
        record.Add(archive
            ? AuditEntry.Of(now, actor, AuditAction.RepositoryArchived, repository.Name.Value, repository.Id)
            : AuditEntry.Of(now, actor, AuditAction.RepositoryUnarchived, repository.Name.Value, repository.Id, new { archivedSince = since }));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }

    // Nobody is asked any more to archive it.
    private static async Task EndProposalAsync(RecordContext record, RepositoryId repository, CancellationToken cancellationToken)
    {
        var proposed = await record.DriftProposals
            .Where(proposal => proposal.RepositoryId == repository && proposal.Causes == DriftCauses.Idle && (proposal.State == DriftState.Open || proposal.State == DriftState.Postponed))
            .ToListAsync(cancellationToken);
        foreach (var proposal in proposed)
            proposal.State = DriftState.Over;
    }
}
