using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Copying;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Brings the backup of a copy up to the original, with <c>svnadmin hotcopy --incremental</c>: safe while people commit, and goes on where an earlier attempt ended.</summary>
internal sealed class TakeBackup(
    NodeDirectories directories, BackupTarget target, BackupLocks locks, ReservedNumbers numbers, KeepDigests keep, SvnAdmin svnadmin, SvnLookClient look, TimeProvider time, ILogger<TakeBackup> logger)
{
    private const string What = "the backup could not be made";

    // Counting looks at every file. In between, what is new is added up; what properties of old revisions take more or less is nobody's worry.
    private const int CountedEvery = 1000;

    /// <summary>Returns when the backup has everything that was committed before, and is on the disk.</summary>
    /// <exception cref="StorageException">It could not be made; the earlier one is as it was.</exception>
    /// <exception cref="DamagedException">The original is damaged; the backup was left alone.</exception>
    public async Task<BackUpResult> RunAsync(RepositoryCopy copy, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        target.Require();
        using var turn = await locks.EnterAsync(copy, cancellationToken);
        var (original, backup) = (directories.Copy(copy), target.PathOf(copy));
        if (!Directory.Exists(original))
            throw new CopyNotFoundException($"there is no copy {copy.Generation} of the repository '{copy.Repository}' on this node");
        try
        {
            return await BringUpAsync(copy, original, backup, onProgress, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception, StorageFailure.BackupDisk);
        }
    }

    private async Task<BackUpResult> BringUpAsync(
        RepositoryCopy copy, string original, string backup, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var before = BackupNote.Read(backup);
        var asOf = time.GetUtcNow();
        var fingerprint = Fingerprint.Of(original);
        var youngest = look.GetYoungest(original);
        await KeepDigestsAsync(copy, youngest, cancellationToken);
        if (before is not null)
            OriginalGuard.Require(original, before, asOf, cancellationToken);
        var remade = before?.Revision > youngest
            ? SetAside.Run(backup, string.Create(CultureInfo.InvariantCulture, $"it ended with revision {before.Revision}, and the repository ends with {youngest}"), time, logger)
            : null;

        await CopyAsync(original, backup, youngest, onProgress, cancellationToken);
        var from = remade is null ? before?.Revision ?? 0 : 0;
        if (await FindDamageAsync(original, backup, from + 1, youngest, cancellationToken) is { } damage)
        {
            // What was copied just now is not what was committed. One more attempt, from nothing; if that is no better, a person has to look.
            remade = SetAside.Run(backup, damage, time, logger);
            from = 0;
            await CopyAsync(original, backup, youngest, onProgress, cancellationToken);
            if (await FindDamageAsync(original, backup, 1, youngest, cancellationToken) is { } again)
                throw new StorageException($"{What}: what was written to '{backup}' does not come back as it was: {again}");
        }

        new DigestFile(backup).Follow(new DigestFile(original), youngest);
        Libc.SyncFileSystem(backup);
        var size = from > 0 && from / CountedEvery == youngest / CountedEvery ? before!.SizeBytes + new RevisionFiles(backup).SizeOf(from, youngest) : Count(backup);
        new BackupNote(youngest, asOf, size, fingerprint).Write(backup);
        numbers.End(copy, youngest, () => look.GetYoungest(original));
        return new BackUpResult(youngest, asOf, size, youngest - from, remade);
    }

    // Which lie with the original, on the other disk.
    private async Task KeepDigestsAsync(RepositoryCopy copy, long youngest, CancellationToken cancellationToken)
    {
        try
        {
            await keep.RunAsync(copy, youngest, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
    }

    private async Task CopyAsync(string original, string backup, long youngest, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(backup, "format")))
            await BeginAsync(original, backup, cancellationToken);
        var exit = await svnadmin.RunAsync(
            ["hotcopy", "--incremental", original, backup],
            line =>
            {
                if (LastNumber(line) is { } revision)
                    onProgress(new JobProgress("copying", Math.Min(revision, youngest), youngest));
            },
            cancellationToken);
        if (exit.Code != 0)
            throw new StorageException($"{What}: {StorageFailure.Reason(exit, StorageFailure.BackupDisk)}");
    }

    // hotcopy cannot go on with a first copy that was cut short. With revision 0 in place it is always one that goes on.
    private static async Task BeginAsync(string original, string backup, CancellationToken cancellationToken)
    {
        if (Directory.Exists(backup))
            Directory.Delete(backup, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(backup)!);
        var files = new RepositoryFiles(original);
        if (files.FirstSingle == 0)
            await files.CopyUpToAsync(backup, 0, static _ => { }, cancellationToken);
    }

    private static async Task<string?> FindDamageAsync(string original, string backup, long first, long last, CancellationToken cancellationToken)
    {
        try
        {
            await QuietThread.RunAsync(() => RevisionDigests.Compare(backup, new DigestFile(original), first, last, static _ => { }, cancellationToken));
            return null;
        }
        catch (DamagedException exception)
        {
            return exception.Message;
        }
    }

    // "* Copied revision 12." and "* Copied revisions from 0 to 999."
    private static long? LastNumber(string line) =>
        line.StartsWith("* ", StringComparison.Ordinal) && long.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1).TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static long Count(string backup) =>
        new DirectoryInfo(backup).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);
}
