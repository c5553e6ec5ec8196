using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>
/// Puts a backup in the place of its repository: by administrators, because it is closed meanwhile. What it replaces is kept on the node as the generation
/// before. No revision number that was given out is given out again.
/// </summary>
internal sealed class RestoreInPlace(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    /// <param name="name">The repository.</param>
    /// <param name="point">As of when; no later than its backup.</param>
    /// <param name="giveUpLater">The decision to go without the revisions after that point; without it they are named, and nothing is done.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">The request.</param>
    /// <returns>The task that brings the content back.</returns>
    internal async Task<Outcome<Guid>> ExecuteAsync(string name, RestorePoint point, bool giveUpLater, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator restores a repository in place; an owner restores it as a new one beside it.");
        var begun = await contexts.UndisturbedAsync(record => BeginAsync(record, name, point, giveUpLater, actor, cancellationToken), cancellationToken);
        if (!begun.Succeeded(out var started, out var refusal))
            return refusal;
        await changes.PublishAsync(started.Repository);
        return started.Task;
    }

    private async Task<Outcome<Started>> BeginAsync(
        RecordContext record, string name, RestorePoint point, bool giveUpLater, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "restore it", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.State != RepositoryState.Ready || repository.Primary is not { } primary)
            return Refusal.Conflict($"'{repository.Name}' is not ready; what is being done with it has to end first.");
        var protection = await record.Protections.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == repository.Id, cancellationToken);
        if (protection?.Revision is not { } backedUp)
            return Refusal.Conflict("There is no backup of it yet.");
        // As far as the backup reaches, unless another point is named.
        var wanted = point is { Revision: null, At: null } ? new RestorePoint(backedUp, At: null) : point;
        if (!(await wanted.ResolveAsync(record, repository, cancellationToken)).Succeeded(out var revision, out refusal))
            return refusal;
        if (revision > backedUp)
            return Refusal.Conflict($"The backup ends with revision {Shell.Format.Plain(backedUp)}.", "revision");
        if (revision < repository.Youngest && !giveUpLater)
            return Refusal.Conflict(Lost(revision, repository.Youngest), "giveUpLater");

        var now = time.GetUtcNow();
        repository.State = RepositoryState.Restoring;
        repository.AccessVersion++;
        var generation = repository.Copies.Max(copy => copy.Generation) + 1;
        var parameters = new RestoreParameters(revision, repository.Id.Value, generation, repository.Youngest, giveUpLater);
        var task = TaskKeys.NewTask(TaskKind.RestoreInPlace, repository.Id, actor, now, parameters.ToJson());
        record.Add(task);
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryRestoredInPlace, repository.Name.Value, repository.Id, new { revision, youngest = repository.Youngest, replaced = primary.Generation }));
        await record.SaveChangesAsync(cancellationToken);
        return new Started(repository.Id, task.Id);
    }

    /// <summary>Names what would be lost.</summary>
    internal static string Lost(long revision, long youngest) =>
        $"Revisions {Shell.Format.Plain(revision + 1)} to {Shell.Format.Plain(youngest)} would be lost. They stay empty, and the next commit becomes revision {Shell.Format.Plain(youngest + 1)}. Say that this is meant, or restore it beside the repository first.";

    private sealed record Started(RepositoryId Repository, Guid Task);
}
