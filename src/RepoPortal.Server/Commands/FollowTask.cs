using RepoPortal.Contracts;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Server.Commands;

/// <summary>For commands whose work the running server does: asks for it, and waits for its end.</summary>
internal static class FollowTask
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Refuses when no server runs on the data directory; otherwise asks, waits, and returns the sentence that the task ended with.</summary>
    /// <param name="services">Those of the command.</param>
    /// <param name="ask">Asks for the task and returns its id.</param>
    /// <param name="cancellationToken">Ctrl-C; the task goes on.</param>
    public static async Task<Outcome<string>> RunAsync(IServiceProvider services, Func<Task<Outcome<Guid>>> ask, CancellationToken cancellationToken)
    {
        if (!RunningServer.IsThere(services.GetRequiredService<DataDirectory>()))
            return RunningServer.Refusal;
        if (!(await ask()).Succeeded(out var id, out var refusal))
            return refusal;
        var tasks = services.GetRequiredService<ViewTasks>();
        while (true)
        {
            if (!(await tasks.FindAsync(id, Actor.Operator, cancellationToken)).Succeeded(out var task, out refusal))
                return refusal;
            if (task.State == TaskState.Done)
                return task.Sentence + Environment.NewLine;
            if (task.State == TaskState.Failed)
                return new Refusal(RefusalKind.Conflict, task.Sentence!);
            await Task.Delay(Look, cancellationToken);
        }
    }
}
