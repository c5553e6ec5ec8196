namespace RepoPortal.Portal.Repositories.Search;

/// <summary>Repositories whose index may be behind, each once. What is lost with the process is found again by comparing.</summary>
internal sealed class SearchQueue
{
    private readonly Lock _lock = new();
    private readonly LinkedList<RepositoryId> _waiting = new();
    private readonly HashSet<RepositoryId> _known = [];
    private TaskCompletionSource _arrival = New();

    /// <summary>Has a repository looked at, after those that wait already.</summary>
    internal void Add(RepositoryId repository)
    {
        lock (_lock)
        {
            if (!_known.Add(repository))
                return;
            _waiting.AddLast(repository);
            _arrival.TrySetResult();
        }
    }

    /// <summary>Takes the one that has waited longest; waits for one when there is none.</summary>
    internal async Task<RepositoryId> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    _known.Remove(first.Value);
                    return first.Value;
                }

                if (_arrival.Task.IsCompleted)
                    _arrival = New();
                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
