using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.StorageNode.Backups;

/// <summary>
/// Finds what lies among the backups beyond the one backup of each copy that is stored here. Only what has a name that we give is looked at; whether anybody
/// needs it, the record knows.
/// </summary>
internal sealed class ListSpareBackups(NodeDirectories directories, BackupTarget target)
{
    /// <exception cref="StorageException">The directory of the backups is not there or not fit.</exception>
    public SpareBackupsResult Run(CancellationToken cancellationToken)
    {
        target.Require();
        try
        {
            return new SpareBackupsResult([.. new DirectoryInfo(target.Root).EnumerateDirectories().SelectMany(directory => Look(directory, cancellationToken))]);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the backups could not be listed", exception);
        }
    }

    private IEnumerable<SpareBackup> Look(DirectoryInfo repository, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (repository.LinkTarget is not null || !Guid.TryParseExact(repository.Name, "n", out var id))
            return [];
        var backups = (from directory in repository.EnumerateDirectories()
                       where directory.LinkTarget is null
                       let name = BackupName.Find(directory.Name)
                       where name is not null
                       select (Path: directory.FullName, Directory: directory.Name, Name: name, Copy: new RepositoryCopy(new RepositoryId(id), name.Generation))).ToList();
        // As it is with nearly all: what is stored has one backup.
        if (backups is [{ Name.SetAsideAt: null } only] && Directory.Exists(directories.Copy(only.Copy)))
            return [];
        return
        [
            .. from backup in backups
               orderby backup.Name.Generation, backup.Directory
               let note = BackupNote.Read(backup.Path)
               select new SpareBackup(backup.Copy, backup.Directory, backup.Name.SetAsideAt, note?.AsOf, note?.SizeBytes ?? 0),
        ];
    }
}
