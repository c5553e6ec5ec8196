namespace RepoPortal.Portal.Tasks;

/// <summary>What a task's progress says about its end: measured speed, and no estimate before there is something to estimate by.</summary>
/// <param name="PerSecond">Revisions a second in the present phase; null while nothing was measured.</param>
/// <param name="Remaining">How long the present phase still takes at that speed; null while nobody can say.</param>
public readonly record struct TaskSpeed(double? PerSecond, TimeSpan? Remaining)
{
    // The first files tell more about caches than about the rest of them.
    private static readonly TimeSpan MeasuredFor = TimeSpan.FromSeconds(2);

    internal static TaskSpeed Of(PortalTask task, DateTimeOffset now)
    {
        if (task.State != TaskState.Running || task.PhaseStartedAt is not { } began || task.Done <= 0 || now - began < MeasuredFor)
            return default;
        var perSecond = task.Done / (now - began).TotalSeconds;
        return new TaskSpeed(perSecond, task.Total is { } total ? TimeSpan.FromSeconds((total - task.Done) / perSecond) : null);
    }
}
