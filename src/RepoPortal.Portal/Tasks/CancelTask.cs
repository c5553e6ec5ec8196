using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Imports;

namespace RepoPortal.Portal.Tasks;

/// <summary>Gives up long work that somebody asked for and need not have: an import, which can be continued, or an export.</summary>
internal sealed class CancelTask(ViewTasks view, StopImport import, DeleteExport export)
{
    /// <returns>The task, which is over.</returns>
    internal async Task<Outcome<TaskView>> ExecuteAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await view.FindAsync(id, actor, cancellationToken)).Succeeded(out var task, out var refusal))
            return refusal;
        if (task.EndedAt is not null)
            return Refusal.Conflict("It is over already.");
        if (task is not { MayBeCancelled: true, Repository: { } repository })
            return Refusal.Conflict("Only imports and exports can be given up.");
        var given = task.Kind == TaskKind.Import
            ? await import.ExecuteAsync(repository.Value, actor, cancellationToken)
            : await export.ExecuteAsync(repository.Value, id, actor, cancellationToken);
        return given.Refusal is { } refused ? refused : await view.FindAsync(id, actor, cancellationToken);
    }
}
