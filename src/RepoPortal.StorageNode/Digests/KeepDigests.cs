using System.Collections.Concurrent;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Digests;

/// <summary>Works out the digests of revisions that have none yet: after each commit, and before each backup what was missed.</summary>
internal sealed class KeepDigests(NodeDirectories directories, TimeProvider time)
{
    private const int Batch = 256;

    private readonly ConcurrentDictionary<RepositoryCopy, SemaphoreSlim> _turns = new();

    /// <summary>Returns when every revision up to <paramref name="last"/> has its digest.</summary>
    /// <exception cref="DamagedException">A revision cannot be read.</exception>
    public async Task RunAsync(RepositoryCopy copy, long last, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(copy, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            Keep(directories.Copy(copy), last, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Forgets a copy that is gone.</summary>
    public void Forget(RepositoryCopy copy) => _turns.TryRemove(copy, out _);

    private void Keep(string path, long last, CancellationToken cancellationToken)
    {
        var file = new DigestFile(path);
        var kept = file.Youngest;
        if (kept >= last)
            return;
        using var look = SvnLookClient.PastCaches(time);
        while (kept < last)
        {
            var end = Math.Min(kept + Batch, last);
            file.Append(RevisionDigests.Compute(look, path, kept + 1, end, cancellationToken));
            kept = end;
        }
    }
}
