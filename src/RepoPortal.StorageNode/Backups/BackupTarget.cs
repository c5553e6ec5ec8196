using System.Text.Json;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>The directory that this node's backups go to. Nothing is written to it before it was looked at: a disk that is not mounted leaves an empty directory behind.</summary>
internal sealed class BackupTarget(NodeDirectories directories, IOptions<StorageNodeOptions> node, IOptions<BackupOptions> options, DataDirectory data)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();

    /// <summary>The directory as a whole.</summary>
    public BackupDirectory Whole { get; } = BackupDirectory.Of(options.Value, data);

    /// <summary>Says which directory of backups this node used last.</summary>
    private string KnownFile => Path.Combine(directories.Root, "backup-target");

    private string? Known => File.Exists(KnownFile) ? File.ReadAllText(KnownFile).Trim() : null;

    /// <summary>Where the backup of a copy lies.</summary>
    public string PathOf(RepositoryCopy copy) => Whole.Copy(Name, copy);

    /// <summary>Where the backups of a repository lie, of each generation and those set aside.</summary>
    public string DirectoryOf(RepositoryId repository) => Path.Combine(Root, repository.ToString());

    /// <summary>Where this node's backups lie.</summary>
    public string Root => Whole.Node(Name);

    private NodeName Name => NodeName.TryParse(node.Value.Name, out var name) ? name : throw new InvalidOperationException("The options are validated before.");

    /// <summary>Returns when backups can be written and read there.</summary>
    /// <exception cref="StorageException">It is not there, not the one that was used before, or on the disk that it is to protect from.</exception>
    public void Require()
    {
        try
        {
            if (options.Value.ReadOnly)
            {
                if (!File.Exists(Whole.Marker))
                    throw new StorageException($"'{Whole.Root}' is no directory of backups");
                return;
            }

            // The directory itself is made only where the data are; elsewhere it is a mount point, which is there or is not.
            if (options.Value.Directory is null)
                Directory.CreateDirectory(Whole.Root, OwnerOnly);
            if (!Directory.Exists(Whole.Root))
                throw new StorageException($"the directory for backups, '{Whole.Root}', is not there; is its disk mounted?");
            // Before anything else is said of it: what is left where a disk was mounted is on the file system of the repositories, too.
            if (Known is not null && !File.Exists(Whole.Marker))
                throw Another("is not the one that backups were made in before; is its disk mounted?");
            if (!options.Value.SameFileSystem && FileSystems.AreSame(Whole.Root, directories.Store))
            {
                throw new StorageException(
                    $"the directory for backups, '{Whole.Root}', is on the file system of the repositories, and would be lost with them; set RepoPortal:Backup:Directory to another disk, or RepoPortal:Backup:SameFileSystem to true if this is meant");
            }

            // Several jobs begin at once, and the first of them makes what is not there yet.
            lock (_gate)
                RequireMarker();
            Directory.CreateDirectory(Root, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw StorageFailure.Of("the directory for backups cannot be used", exception, StorageFailure.BackupDisk);
        }
    }

    private void RequireMarker()
    {
        if (File.Exists(Whole.Marker))
        {
            var known = Known;
            var found = JsonSerializer.Deserialize<Marker>(File.ReadAllText(Whole.Marker))?.Id;
            if (known is null)
                WriteWhole(KnownFile, found ?? "");
            else if (known != found)
                throw Another("has other backups than those that were made before");
            return;
        }

        if (Directory.EnumerateFileSystemEntries(Whole.Root).Any(entry => Path.GetFileName(entry) != "lost+found"))
            throw new StorageException($"the directory for backups, '{Whole.Root}', has something else in it; name an empty one");
        var id = Guid.NewGuid().ToString("n");
        WriteWhole(Whole.Marker, JsonSerializer.Serialize(new Marker(id, "Backups of RepoPortal; 'repoportal restore --from' brings them back.")));
        WriteWhole(KnownFile, id);
    }

    private StorageException Another(string what) => new(
        $"the directory for backups, '{Whole.Root}', {what} If it was replaced on purpose, remove '{KnownFile}'.");

    private static void WriteWhole(string path, string text)
    {
        var fresh = path + ".new";
        File.WriteAllText(fresh, text);
        Libc.Sync(fresh);
        Libc.Rename(fresh, path);
        Libc.Sync(Path.GetDirectoryName(path)!);
    }

    private sealed record Marker(string Id, string Note);
}
