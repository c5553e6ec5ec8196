using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>Going on with what could not be imported. A repository that was to be imported is never made empty instead.</summary>
internal static class ImportAttempts
{
    /// <summary>The latest attempt to import into a repository; null when it never was to be imported, or has been brought back from a backup since.</summary>
    internal static async Task<PortalTask?> LastImportAsync(this RecordContext record, RepositoryId id, CancellationToken cancellationToken) =>
        await record.Tasks.AsNoTracking()
            .Where(task => task.RepositoryId == id && task.Kind == TaskKind.Import)
            .OrderByDescending(task => task.RequestedAt)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Closes the repository again and adds another attempt to what is saved next.</summary>
    internal static PortalTask ImportAgain(this RecordContext record, Repository repository, ImportParameters parameters, Actor actor, DateTimeOffset now)
    {
        repository.State = RepositoryState.Importing;
        repository.FailureReason = null;
        repository.AccessVersion++;
        var task = TaskKeys.NewTask(TaskKind.Import, repository.Id, actor, now, parameters.ToJson());
        record.Add(task);
        return task;
    }
}
