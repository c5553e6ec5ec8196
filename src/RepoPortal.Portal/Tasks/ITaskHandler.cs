namespace RepoPortal.Portal.Tasks;

/// <summary>Does one or more kinds of tasks. It may be run again at any time, after any crash, and finds out by itself how far things came.</summary>
internal interface ITaskHandler
{
    /// <summary>Whether it does that kind.</summary>
    bool Does(TaskKind kind);

    /// <summary>Does it, and writes down what follows from it.</summary>
    /// <param name="task">The task as it was when it was begun.</param>
    /// <param name="progress">Where to tell how far it is.</param>
    /// <param name="cancellationToken">The server stops; another run goes on with it.</param>
    /// <returns>What came of it, in a sentence; refused when it could not be done.</returns>
    /// <exception cref="TaskWaitsException">It has to wait for something.</exception>
    /// <exception cref="TaskGivenUpException">Nobody wants it any more.</exception>
    Task<Outcome<string>> RunAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken);
}

/// <summary>Says that a task has to wait: a storage node is away. It is tried again a little later.</summary>
internal sealed class TaskWaitsException(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>Says that a task is over although it is being worked on: somebody gave it up, who has written down all that follows from that.</summary>
internal sealed class TaskGivenUpException() : Exception("the task was given up");
