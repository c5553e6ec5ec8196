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
            yield return task.Kind == TaskKind.Bulk ? $"{Format.Count(task.Done)} of {Format.Count(total)}" : $"{Format.Revision(task.Done)} of {Format.Revision(total)}";
        if (task.Speed.PerSecond is { } speed)
            yield return $"{speed.ToString(speed < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} {(task.Kind == TaskKind.Bulk ? "repositories" : "revisions")}/s";
        if (task.Speed.Remaining is { } remaining)
            yield return $"about {Format.Span(remaining)} to go";
    }
}
