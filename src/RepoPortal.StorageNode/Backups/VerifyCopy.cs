using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Digests;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Verifies a copy or its backup. A damaged backup is set aside, so that the next one is made anew; a damaged original is left to people.</summary>
internal sealed class VerifyCopy(
    NodeDirectories directories, BackupTarget target, BackupLocks locks, KeepDigests keep, VerifyRepository verify, SvnLookClient look, TimeProvider time, ILogger<VerifyCopy> logger)
{
    private const string What = "it could not be verified";

    /// <summary>Returns what was found.</summary>
    /// <exception cref="StorageException">There is nothing to be verified, or it cannot be reached.</exception>
    public async Task<VerifyResult> RunAsync(VerifyJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        try
        {
            return job.Subject == VerificationSubject.Original
                ? await VerifyOriginalAsync(job, onProgress, cancellationToken)
                : await VerifyBackupAsync(job, onProgress, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
    }

    private async Task<VerifyResult> VerifyOriginalAsync(VerifyJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var path = directories.Copy(job.Copy);
        if (!Directory.Exists(path))
            throw new CopyNotFoundException($"there is no copy {job.Copy.Generation} of the repository '{job.Copy.Repository}' on this node");
        var youngest = Youngest(path);
        if (youngest is not { } last)
            return new VerifyResult(0, "the repository cannot be opened");
        try
        {
            await keep.RunAsync(job.Copy, last, cancellationToken);
        }
        catch (DamagedException exception)
        {
            return new VerifyResult(last, exception.Message);
        }

        return new VerifyResult(last, await verify.FindDamageAsync(path, WitnessOf(job), last, onProgress, cancellationToken));
    }

    private async Task<VerifyResult> VerifyBackupAsync(VerifyJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        target.Require();
        using var turn = await locks.EnterAsync(job.Copy, cancellationToken);
        var path = target.PathOf(job.Copy);
        if (BackupNote.Read(path) is not { } note)
            throw new StorageException($"{What}: there is no backup yet");
        var damage = await verify.FindDamageAsync(path, WitnessOf(job), note.Revision, onProgress, cancellationToken);
        if (damage is not null)
        {
            // A target that went away in the middle looks like damage too.
            target.Require();
            Take(path, damage);
        }

        return new VerifyResult(note.Revision, damage);
    }

    // One that cannot be set aside stays in use, and is not made anew: so it must be said.
    private void Take(string backup, string damage)
    {
        try
        {
            SetAside.Run(backup, damage, time, logger);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"the backup is damaged ({damage}), and could not be set aside: {StorageFailure.Reason(exception, StorageFailure.BackupDisk)}", exception);
        }
    }

    private DigestFile? WitnessOf(VerifyJob job) => job.MetadataOnly ? null : new DigestFile(directories.Copy(job.Copy));

    private long? Youngest(string path)
    {
        try
        {
            return look.GetYoungest(path);
        }
        catch (SvnException)
        {
            return null;
        }
    }
}
