namespace RepoPortal.Portal.Tasks;

/// <summary>Tasks that wait for each other, and for no task of another lane.</summary>
internal enum TaskLane
{
    /// <summary>Restores, and whatever else somebody waits for.</summary>
    People,

    /// <summary>Imports and exports: somebody waits for them, too, but a long history takes hours, and a restore must not.</summary>
    Transfers,

    /// <summary>Backups: what may be lost depends on them, so no verification of a large repository is ever before them.</summary>
    Backups,

    /// <summary>Verifications and rehearsals.</summary>
    Checks,
}

/// <summary>Which task belongs to which lane.</summary>
internal static class TaskLanes
{
    /// <summary>The lane of a kind.</summary>
    internal static TaskLane Of(TaskKind kind) => kind switch
    {
        TaskKind.BackUp => TaskLane.Backups,
        TaskKind.Import or TaskKind.Export => TaskLane.Transfers,
        TaskKind.VerifyBackup or TaskKind.VerifyOriginal or TaskKind.CheckBackup or TaskKind.CheckOriginal or TaskKind.Rehearse => TaskLane.Checks,
        _ => TaskLane.People,
    };

    /// <summary>All kinds of a lane.</summary>
    internal static IReadOnlyList<TaskKind> KindsOf(TaskLane lane) => [.. Enum.GetValues<TaskKind>().Where(kind => Of(kind) == lane)];
}
