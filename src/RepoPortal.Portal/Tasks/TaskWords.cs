using System.Globalization;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Tasks;

/// <summary>How far a task is, in words.</summary>
internal static class TaskWords
{
    internal static string Of(TaskView task) => task.State switch
    {
        TaskState.Drafted => "waits to be begun",
        TaskState.Queued => "waits for its turn",
        TaskState.Running => string.Join(" · ", Parts(task)),
        _ => task.Sentence ?? "",
    };

    private static IEnumerable<string> Parts(TaskView task)
    {
        yield return task.Phase.Length > 0 ? task.Phase : "beginning";
        if (task.Total is { } total)
            yield return $"{Amount(task, task.Done)} of {Amount(task, total)}";
        else if (task is { CountsBytes: true, Done: > 0 })
            yield return Amount(task, task.Done);
        if (task.Speed.PerSecond is { } speed)
            yield return $"{SpeedOf(task, speed)}/s";
        if (task.Speed.Remaining is { } remaining)
            yield return $"about {Format.Span(remaining)} to go";
    }

    private static string Amount(TaskView task, long count) => task switch
    {
        { CountsBytes: true } => Format.Size(count),
        { Kind: TaskKind.Bulk } => Format.Count(count),
        _ => Format.Revision(count),
    };

    private static string SpeedOf(TaskView task, double speed) => task switch
    {
        { CountsBytes: true } => Format.Size((long)speed),
        { Kind: TaskKind.Bulk } => $"{Rounded(speed)} repositories",
        _ => $"{Rounded(speed)} revisions",
    };

    private static string Rounded(double number) => number.ToString(number < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
