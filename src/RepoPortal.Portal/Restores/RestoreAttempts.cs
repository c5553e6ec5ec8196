using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>Trying again what could not be restored. A repository that was to be restored is never made anew instead: its revision numbers were given out.</summary>
internal static class RestoreAttempts
{
    /// <summary>The latest restore that was to become this repository; null when it never was to be restored.</summary>
    internal static Task<PortalTask?> LastRestoreAsync(this RecordContext record, RepositoryId target, CancellationToken cancellationToken)
    {
        var id = target.Value.ToString("d");
        return record.Tasks.AsNoTracking()
            .Where(task => (task.Kind == TaskKind.RestoreInPlace && task.RepositoryId == target) || (task.Kind == TaskKind.Restore && task.Parameters.Contains(id)))
            .OrderByDescending(task => task.RequestedAt)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Closes the repository again and adds the same restore once more to what is saved next.</summary>
    internal static void RestoreAgain(this RecordContext record, Repository repository, PortalTask last, Actor actor, DateTimeOffset now)
    {
        repository.State = RepositoryState.Restoring;
        repository.FailureReason = null;
        repository.AccessVersion++;
        var task = TaskKeys.NewTask(last.Kind, last.RepositoryId, actor, now, last.Parameters);
        task.Key = $"{Spelling.Of(last.Kind)}:{repository.Id}";
        record.Add(task);
    }
}
