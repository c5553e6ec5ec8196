using System.Globalization;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Tasks;

/// <summary>How far a task is, in words.</summary>
internal static class TaskWords
{
    internal static string Of(TaskView task) => task.State switch
    {
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
            yield return task.CountsBytes ? $"{Format.Size((long)speed)}/s" : $"{speed.ToString(speed < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} revisions/s";
        if (task.Speed.Remaining is { } remaining)
            yield return $"about {Format.Span(remaining)} to go";
    }

    private static string Amount(TaskView task, long count) => task.CountsBytes ? Format.Size(count) : Format.Revision(count);
}
