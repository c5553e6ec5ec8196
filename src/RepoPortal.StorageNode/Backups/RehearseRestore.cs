using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Digests;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Restores a backup into a scratch place as it would be restored in earnest, times that, reads it in full, and throws it away.</summary>
internal sealed class RehearseRestore(
    NodeDirectories directories, BackupTarget target, BackupLocks locks, RestoreBackup restore, VerifyRepository verify, TimeProvider time)
{
    private const string What = "the restore could not be rehearsed";

    /// <summary>Returns when a whole repository had come back.</summary>
    /// <exception cref="StorageException">It had not; the message says why.</exception>
    public async Task<RestoreResult> RunAsync(RepositoryCopy copy, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        target.Require();
        var scratch = RestoreBackup.ScratchPath(directories, copy);
        using var turn = await locks.EnterAsync(copy, cancellationToken);
        try
        {
            var note = BackupNote.Read(target.PathOf(copy)) ?? throw new StorageException($"{What}: there is no backup yet");
            var begun = time.GetTimestamp();
            await restore.CopyAsync(copy, note.Revision, scratch, onProgress, cancellationToken);
            var took = time.GetElapsedTime(begun);
            var damage = await verify.FindDamageAsync(scratch, new DigestFile(directories.Copy(copy)), note.Revision, onProgress, cancellationToken);
            return damage is null
                ? new RestoreResult(note.Revision, note.SizeBytes, took, Found: null)
                : throw new StorageException($"{What}: what came back is damaged: {damage}");
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }
}
