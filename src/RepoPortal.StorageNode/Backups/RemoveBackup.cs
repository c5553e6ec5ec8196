using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>
/// Removes a backup for good, on behalf of the record, which knows that nobody needs it. What the disk itself knows better is refused: the backup of a copy that is
/// stored here, and one set aside with no finished backup in its place.
/// </summary>
internal sealed class RemoveBackup(NodeDirectories directories, BackupTarget target, BackupLocks locks, ReservedNumbers numbers, ILogger<RemoveBackup> logger)
{
    private const string What = "the backup could not be removed";

    /// <summary>Nothing to do is success.</summary>
    /// <exception cref="StorageException">It is needed, or the disk refused; it can be tried again.</exception>
    public async Task<RemoveBackupResult> RunAsync(RepositoryCopy copy, string directory, CancellationToken cancellationToken)
    {
        target.Require();
        if (BackupName.Find(directory) is not { } name || name.Generation != copy.Generation)
            throw new StorageException($"{What}: '{directory}' is not the name of one");
        using var turn = await locks.EnterAsync(copy, cancellationToken);
        try
        {
            var path = Path.Combine(target.DirectoryOf(copy.Repository), directory);
            if (!Directory.Exists(path))
                return new RemoveBackupResult(WasThere: false);
            RequireUnneeded(copy, name, path);
            logger.LogInformation("Removes the backup '{Backup}'", path);
            if (name.SetAsideAt is null)
                numbers.Remove(copy);
            Remove(path);
            return new RemoveBackupResult(WasThere: true);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
    }

    private void RequireUnneeded(RepositoryCopy copy, BackupName name, string path)
    {
        if (name.SetAsideAt is null && Directory.Exists(directories.Copy(copy)))
            throw new StorageException($"{What}: what '{path}' is the backup of is stored on this node");
        if (name.SetAsideAt is not null && Newest(copy.Repository) is { } newest && BackupNote.Read(target.PathOf(newest)) is null)
            throw new StorageException($"{What}: '{path}' was set aside, and there is no other one in its place");
    }

    /// <summary>What is stored here of a repository; null when nothing is.</summary>
    private RepositoryCopy? Newest(RepositoryId repository)
    {
        var stored = Path.GetDirectoryName(directories.Copy(new RepositoryCopy(repository, 1)))!;
        if (!Directory.Exists(stored))
            return null;
        var newest = Directory.EnumerateDirectories(stored)
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : 0).DefaultIfEmpty().Max();
        return newest > 0 ? new RepositoryCopy(repository, newest) : null;
    }

    private static void Remove(string path)
    {
        // What is not whole any more must not say that it is, whenever this is cut short.
        BackupNote.Withdraw(path);
        Directory.Delete(path, recursive: true);
        var repository = Path.GetDirectoryName(path)!;
        if (!Directory.EnumerateFileSystemEntries(repository).Any())
        {
            Directory.Delete(repository);
            repository = Path.GetDirectoryName(repository)!;
        }

        Libc.Sync(repository);
    }
}
