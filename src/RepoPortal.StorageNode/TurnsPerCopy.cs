using System.Collections.Concurrent;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.StorageNode;

/// <summary>Lets one piece of work at a time have its turn with a copy. Others of the same copy wait; other copies do not.</summary>
internal abstract class TurnsPerCopy
{
    private readonly ConcurrentDictionary<RepositoryCopy, SemaphoreSlim> _turns = new();

    /// <summary>Waits for the copy's turn, which lasts until the result is disposed.</summary>
    public async Task<IDisposable> EnterAsync(RepositoryCopy copy, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(copy, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
