using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Copying;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Backups;

/// <summary>
/// Brings a backup back as of a revision: into <c>tmp/</c>, where its structure is verified, and then into the store and under its name, as a new
/// repository is made. A crash before that leaves nothing behind, and afterwards it only has to be served.
/// </summary>
internal sealed class RestoreBackup(
    NodeDirectories directories, BackupTarget target, BackupLocks locks, ReservedNumbers numbers, CopyLocks copies, ProvisionSteps steps, LoadRevisions load, VerifyRepository verify,
    MeasureCopy measure, SvnLookClient look, TimeProvider time)
{
    private const string What = "the backup could not be restored";
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when it is served.</summary>
    /// <exception cref="StorageException">It could not be done; nothing of the attempt is left.</exception>
    public async Task<RestoreResult> RunAsync(RestoreJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var turn = await copies.EnterAsync(job.Target.Copy.Repository, cancellationToken);
        var attempt = new ProvisionAttempt(job.Target, ScratchPath(directories, job.Target.Copy));
        try
        {
            target.Require();
            var revision = job.Revision ?? BackupNote.Read(target.PathOf(job.Source))?.Revision ?? throw new StorageException($"{What}: there is no backup of it yet");
            var wasLoaded = false;
            if (Directory.Exists(directories.Copy(job.Target.Copy)))
                RequireSame(job);
            else
                wasLoaded = await BringBackAsync(job, revision, attempt, onProgress, cancellationToken);
            steps.Serve.Run(attempt);
            var found = measure.Run(job.Target.Copy);
            var (kept, came) = IsInPlace(job) ? (RepositoryLocks.Count(target.PathOf(job.Source)), RepositoryLocks.Count(directories.Copy(job.Target.Copy))) : (0, 0);
            return new RestoreResult(revision, found.SizeBytes, time.GetElapsedTime(begun), found, Locks: came, LocksLeft: came > 0 ? 0 : kept, wasLoaded);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception) || exception is DamagedException)
        {
            throw StorageFailure.Of(What, exception);
        }
        finally
        {
            if (Directory.Exists(attempt.Temporary))
                Directory.Delete(attempt.Temporary, recursive: true);
        }
    }

    /// <summary>Copies a backup as of a revision to <paramref name="destination"/>, where it is on the disk afterwards, and looks at its structure: what a rehearsal and a real restore have in common.</summary>
    /// <returns>Whether it was loaded revision by revision, because its files could not be copied.</returns>
    /// <exception cref="StorageException">There is no such backup, no room for it, or what came back is damaged.</exception>
    internal async Task<bool> CopyAsync(RepositoryCopy source, long revision, string destination, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        target.Require();
        var backup = target.PathOf(source);
        var note = BackupNote.Read(backup) ?? throw new StorageException($"{What}: there is no backup of it yet");
        if (revision > note.Revision)
            throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"{What}: the backup ends with revision {note.Revision}"));
        RequireRoom(note.SizeBytes);
        var files = new RepositoryFiles(backup);
        var isPacked = revision < files.FirstSingle;
        if (isPacked)
            await load.RunAsync(backup, destination, revision, onProgress, cancellationToken);
        else
            await CopyFilesAsync(files, revision, destination, onProgress, cancellationToken);
        // It goes to the disk while it is looked at.
        var written = Task.Run(() => Libc.SyncFileSystem(destination), CancellationToken.None);
        var damage = await verify.FindDamageAsync(destination, kept: null, revision, onProgress, cancellationToken);
        await written;
        if (damage is not null)
            throw new StorageException($"{What}: what came back is damaged: {damage}");
        return isPacked;
    }

    /// <summary>A place that is this attempt's and no other's.</summary>
    internal static string ScratchPath(NodeDirectories directories, RepositoryCopy copy) =>
        Path.Combine(directories.Temporary, string.Create(CultureInfo.InvariantCulture, $"{copy.Repository}-{copy.Generation}-{Guid.NewGuid():n}"));

    private async Task CopyFilesAsync(RepositoryFiles files, long revision, string destination, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var reported = 0L;
        await files.CopyUpToAsync(
            destination,
            revision,
            last =>
            {
                if (last < revision && time.GetElapsedTime(reported) < ReportEvery)
                    return;
                reported = time.GetTimestamp();
                onProgress(new JobProgress("copying", last, revision));
            },
            cancellationToken);
    }

    private async Task<bool> BringBackAsync(RestoreJob job, long revision, ProvisionAttempt attempt, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        bool wasLoaded;
        using (await locks.EnterAsync(job.Source, cancellationToken))
        {
            wasLoaded = await CopyAsync(job.Source, revision, attempt.Temporary, onProgress, cancellationToken);
            // Locks are of the present: what somebody has locked since an earlier revision says nothing about that one, and a new repository is nobody's work in progress.
            if (IsInPlace(job) && revision == BackupNote.Read(target.PathOf(job.Source))?.Revision)
                RepositoryLocks.Copy(target.PathOf(job.Source), attempt.Temporary);
        }

        SvnRepositoryClient.SetUuid(attempt.Temporary, job.Target.Uuid);
        FillUp(attempt.Temporary, revision, GivenOut(job));
        foreach (var step in steps.FromFiles)
            step.Run(attempt);
        return wasLoaded;
    }

    private static bool IsInPlace(RestoreJob job) => job.Source.Repository == job.Target.Copy.Repository;

    /// <summary>The highest number that was, or may have been, given out in what is replaced.</summary>
    private long GivenOut(RestoreJob job)
    {
        if (!IsInPlace(job))
            return job.ContinueAbove;
        var replaced = directories.Copy(job.Source);
        try
        {
            if (Directory.Exists(replaced))
                return Math.Max(job.ContinueAbove, look.GetYoungest(replaced));
        }
        catch (SvnException)
        {
            // Too damaged to say so.
        }

        return Math.Max(job.ContinueAbove, numbers.Read(job.Source) ?? 0);
    }

    /// <summary>Takes the numbers of revisions that were, or may have been, given out and are lost, with revisions that change nothing and say so.</summary>
    private static void FillUp(string repository, long revision, long continueAbove)
    {
        for (var lost = revision + 1; lost <= continueAbove; lost++)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture, $"Whatever revision {lost} was, if it ever was one, was lost or left out when the repository was restored as of revision {revision}. Its number is not given out again.");
            SvnRepositoryClient.CommitLayout(repository, new SvnLayout([], "RepoPortal", message));
        }
    }

    private void RequireSame(RestoreJob job)
    {
        if (Guid.Parse(look.GetUuid(directories.Copy(job.Target.Copy))) != job.Target.Uuid)
            throw new StorageException($"{What}: another repository is in its place");
    }

    private void RequireRoom(long bytes)
    {
        var free = new DriveInfo(directories.Root).AvailableFreeSpace;
        if (free < bytes)
            throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"{What}: it takes {bytes >> 20} MiB, and the disk of the storage node has {free >> 20} MiB free"));
    }
}
