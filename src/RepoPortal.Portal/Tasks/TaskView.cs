namespace RepoPortal.Portal.Tasks;

/// <summary>A task as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Repository">The repository it is about, by its present name; null when it is gone.</param>
/// <param name="State">How far it is.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Phase">What is done at present.</param>
/// <param name="Done">Revisions done in the present phase; repositories, where it is about many.</param>
/// <param name="Total">The same of the whole phase.</param>
/// <param name="Speed">Measured speed, and what it says about the end.</param>
/// <param name="EstimateError">How much later than first estimated it was over; negative for earlier, null when there was no estimate or it is not over.</param>
/// <param name="Sentence">What came of it.</param>
public sealed record TaskView(
    Guid Id,
    TaskKind Kind,
    RepositoryName? Repository,
    TaskState State,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string Phase,
    long Done,
    long? Total,
    TaskSpeed Speed,
    TimeSpan? EstimateError,
    string? Sentence)
{
    /// <summary>How much of the present phase is done, 0 to 1; null while nobody knows.</summary>
    internal double? Fraction => State == TaskState.Done ? 1 : Total is > 0 and var total ? Math.Min(1, (double)Done / total) : null;

    /// <summary>Whether it goes on, and is of a kind that can be given up.</summary>
    internal bool MayBeCancelled => EndedAt is null && Kind is (TaskKind.Import or TaskKind.Export);

    /// <summary>Whether its progress is counted in bytes, and not in revisions.</summary>
    internal bool CountsBytes => Kind == TaskKind.Import;

    internal static TaskView Of(PortalTask task, RepositoryName? repository, DateTimeOffset now) => new(
        task.Id,
        task.Kind,
        repository,
        task.State,
        task.RequestedBy,
        task.RequestedAt,
        task.StartedAt,
        task.EndedAt,
        task.Phase,
        task.Done,
        task.Total,
        TaskSpeed.Of(task, now),
        task.State == TaskState.Done ? task.EndedAt - task.FirstEstimate : null,
        task.Sentence);

    /// <summary>What the task is, in words.</summary>
    internal string Words => Kind switch
    {
        TaskKind.BackUp => "Backup",
        TaskKind.VerifyBackup => "Verification of the backup",
        TaskKind.VerifyOriginal => "Verification of the repository",
        TaskKind.Rehearse => "Rehearsed restore",
        TaskKind.Restore => "Restore as a new repository",
        TaskKind.RestoreInPlace => "Restore in place",
        TaskKind.Export => "Export",
        TaskKind.Import => "Import",
        TaskKind.CheckBackup => "Check of the backup's structure",
        TaskKind.CheckOriginal => "Check of the repository's structure",
        TaskKind.Bulk => "One thing for many repositories",
        _ => Kind.ToString(),
    };
}
