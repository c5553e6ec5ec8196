using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.StorageNode.Backups.OffSite;

/// <summary>
/// Copies the backups of this node that have changed, and the record's, to a second place. What is good there is not spoilt by what is bad here: nothing is
/// deleted, revisions are never written again, and what does change is kept as it was under <c>replaced/{time}</c>.
/// </summary>
/// <remarks>
/// Backups go on meanwhile. What a backup says of itself (<see cref="BackupNote"/>) is read before its files are copied and put in place after them, so the note
/// off site never speaks of revisions that are not there.
/// </remarks>
internal sealed class CopyOffSite(
    NodeDirectories directories, BackupTarget target, Rclone rclone, TimeProvider time, ILogger<CopyOffSite> logger)
{
    private const string What = "the backups could not be copied off site";

    // One run of rclone looks at so many; of more, their filter would cost more than their files.
    private const int AtOnce = 100;

    // A revision's file is written once. Where a length differs, something is wrong on one side, and is told rather than repaired.
    private static readonly string[] Unchanging = ["--immutable", "--size-only"];

    // Which files have changed is known here.
    private const string Changing = "--ignore-times";

    private string KnownDirectory => Path.Combine(directories.Root, "off-site");

    /// <summary>Returns when the second place has what the backups had at the beginning.</summary>
    /// <exception cref="StorageException">Not everything was copied; the rest was, and stays.</exception>
    public async Task<OffSiteResult> RunAsync(Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        target.Require();
        var asOf = time.GetUtcNow();
        var scratch = Directory.CreateDirectory(Path.Combine(directories.Temporary, $"off-site-{Guid.NewGuid():n}")).FullName;
        try
        {
            Directory.CreateDirectory(KnownDirectory);
            var changed = OffSiteBackup.All(target.Root).Where(backup => !backup.IsKnownIn(KnownDirectory)).ToList();
            var failures = await CopyAllAsync(changed, asOf, scratch, onProgress, cancellationToken);
            // After the repositories, because a restore begins with it, and before it is said that all went well.
            await CopyRecordAsync(cancellationToken);
            return failures.Count == 0
                ? new OffSiteResult(asOf, changed.Count)
                : throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"{What}, {failures.Count} of them: {failures[0]}"));
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<List<string>> CopyAllAsync(
        List<OffSiteBackup> changed, DateTimeOffset asOf, string scratch, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var (failures, done) = (new List<string>(), 0);
        foreach (var batch in changed.Chunk(AtOnce))
        {
            onProgress(new JobProgress("copying off site", done, changed.Count));
            try
            {
                await CopyAsync(batch, asOf, scratch, cancellationToken);
            }
            catch (IOException exception)
            {
                logger.LogError(exception, "Not all of {Count} backups were copied off site; they are tried one by one", batch.Length);
                await CopyRecordAsync(cancellationToken); // fails for all when the place cannot be reached
                foreach (var backup in batch)
                    await TryAsync(backup);
            }

            done += batch.Length;
        }

        return failures;

        async Task TryAsync(OffSiteBackup backup)
        {
            try
            {
                await CopyAsync([backup], asOf, scratch, cancellationToken);
            }
            catch (IOException exception)
            {
                failures.Add(exception.Message);
            }
        }
    }

    private async Task CopyAsync(IReadOnlyList<OffSiteBackup> batch, DateTimeOffset asOf, string scratch, CancellationToken cancellationToken)
    {
        var notes = Path.Combine(scratch, "notes");
        foreach (var backup in batch)
            backup.StageNote(notes);
        try
        {
            var there = $"nodes/{Path.GetFileName(target.Root)}";
            var keep = (string[])["--backup-dir", rclone.At(string.Create(CultureInfo.InvariantCulture, $"replaced/{asOf:yyyyMMdd'T'HHmmss'Z'}/{there}"))];
            var filter = Path.Combine(scratch, "filter");
            await File.WriteAllLinesAsync(filter, ["- svn-*", .. batch.Select(backup => $"+ /{backup.Place}/db/revs/**"), "- **"], cancellationToken);
            await rclone.CopyAsync(target.Root, there, [.. Unchanging, "--filter-from", filter], cancellationToken);
            var listings = batch.ToDictionary(backup => backup, backup => backup.List());
            var first = batch.Where(backup => !backup.WasCopied(KnownDirectory)).ToList();
            if (first.Count > 0)
            {
                await File.WriteAllLinesAsync(
                    filter,
                    ["- /*/*/db/revs/**", $"- /*/*/{OffSiteBackup.Note}*", "- svn-*", "- rep-cache.db*", .. first.Select(backup => $"+ /{backup.Place}/**"), "- **"],
                    cancellationToken);
                await rclone.CopyAsync(target.Root, there, [Changing, .. keep, "--filter-from", filter], cancellationToken);
            }

            var changed = batch.Except(first).SelectMany(backup => backup.Changed(listings[backup], KnownDirectory)).ToList();
            if (changed.Count > 0)
            {
                await File.WriteAllLinesAsync(filter, changed, cancellationToken);
                await rclone.CopyAsync(target.Root, there, [Changing, "--no-traverse", .. keep, "--files-from-raw", filter], cancellationToken);
            }

            await rclone.CopyAsync(notes, there, [Changing, .. keep], cancellationToken);
            foreach (var backup in batch)
                backup.Remember(notes, listings[backup], KnownDirectory);
        }
        finally
        {
            Directory.Delete(notes, recursive: true);
        }
    }

    // Each snapshot of the record is a directory of its own, which gets its name when it is whole.
    private Task CopyRecordAsync(CancellationToken cancellationToken) =>
        rclone.CopyAsync(target.Whole.Root, "", [.. Unchanging, "--filter", $"+ /{Path.GetFileName(target.Whole.Marker)}", "--filter", "+ /record/*Z/**", "--filter", "- **"], cancellationToken);
}
