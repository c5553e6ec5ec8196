using RepoPortal.Contracts.Repositories;

namespace RepoPortal.StorageNode;

/// <summary>Lets one operation at a time bring forth or remove copies of a repository: a caller that lost its patience may come back while the first attempt still works.</summary>
internal sealed class CopyLocks : IDisposable
{
    // Two repositories may share one; they wait for each other, which does no harm.
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the repository's turn, which lasts until the result is disposed.</summary>
    public async Task<IDisposable> EnterAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(uint)repository.GetHashCode() % _stripes.Length];
        await stripe.WaitAsync(cancellationToken);
        return new Turn(stripe);
    }

    public void Dispose()
    {
        foreach (var stripe in _stripes)
            stripe.Dispose();
    }

    private sealed class Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
