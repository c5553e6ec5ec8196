using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Reading;

namespace RepoPortal.StorageNode.Provisioning;

/// <summary>Stops serving a copy and moves it to the trash, from where the janitor removes it after some days.</summary>
internal sealed class DiscardCopy(NodeDirectories directories, ServedNames served, MeasureCopy measure, KeepDigests digests, CopyLocks locks, TimeProvider time)
{
    /// <summary>Nothing to do is success.</summary>
    /// <exception cref="StorageException">The disk refused; it can be tried again.</exception>
    public async Task RunAsync(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(copy.Repository, cancellationToken);
        try
        {
            served.Withdraw(name, copy);
            var stored = directories.Copy(copy);
            if (Directory.Exists(stored))
                MoveToTrash(stored, copy);
            if (Directory.Exists(directories.Import(copy)))
                MoveImportToTrash(copy);
            measure.Forget(copy);
            digests.Forget(copy);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the repository could not be removed", exception);
        }
    }

    // It may be all there is of a repository that was adopted.
    private void MoveImportToTrash(RepositoryCopy copy)
    {
        Directory.SetLastWriteTimeUtc(directories.Import(copy), time.GetUtcNow().UtcDateTime);
        Directory.Move(directories.Import(copy), Path.Combine(directories.Trash, $"{copy.Repository}-{copy.Generation}-{Guid.NewGuid():n}"));
        Libc.Sync(directories.Trash);
    }

    private void MoveToTrash(string stored, RepositoryCopy copy)
    {
        // The janitor counts from here.
        Directory.SetLastWriteTimeUtc(stored, time.GetUtcNow().UtcDateTime);
        directories.TakeOut(copy, Path.Combine(directories.Trash, $"{copy.Repository}-{copy.Generation}-{Guid.NewGuid():n}"));
        Libc.Sync(directories.Store);
        Libc.Sync(directories.Trash);
    }
}
