using RepoPortal.Contracts.Repositories;
using RepoPortal.StorageNode.Native;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Importing;

/// <summary>
/// What an import has loaded so far: the repository, what its revisions came from, and in which run of the machine it was written. Loading does not wait for the disk,
/// so what may have been lost with the power is not continued but loaded anew.
/// </summary>
internal sealed class ImportDirectory(NodeDirectories directories, RepositoryCopy copy)
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const string OnDisk = "on disk";

    private readonly string _root = directories.Import(copy);

    /// <summary>The repository.</summary>
    public string Repository => Path.Combine(_root, "repository");

    /// <summary>What its revisions came from.</summary>
    public string Journal => Path.Combine(_root, "source");

    /// <summary>Whether anything was loaded.</summary>
    public bool IsThere => File.Exists(Path.Combine(Repository, "format"));

    /// <summary>Whether everything loaded is still there, and not lost with the power.</summary>
    public bool IsTrusted => IsOnDisk || (File.Exists(WrittenIn) && File.ReadAllText(WrittenIn) == File.ReadAllText(BootId));

    /// <summary>Whether everything loaded is on the disk itself.</summary>
    public bool IsOnDisk => File.Exists(WrittenIn) && File.ReadAllText(WrittenIn) == OnDisk;

    private string WrittenIn => Path.Combine(_root, "written-in");

    /// <summary>Makes it ready to be loaded into, after whatever became of the attempt before.</summary>
    public void Prepare()
    {
        if (!IsThere || !IsTrusted)
            Remove();
        Directory.CreateDirectory(_root);
        Note(File.ReadAllText(BootId));
        if (!IsThere)
            SvnRepositoryClient.CreateRepository(Repository);
        RemoveUnfinished();
    }

    /// <summary>Moves a whole repository in, in one step.</summary>
    public void TakeIn(string path)
    {
        Remove();
        Directory.CreateDirectory(_root);
        Note(OnDisk);
        Libc.Rename(path, Repository);
        Libc.Sync(_root);
    }

    /// <summary>Returns when everything loaded is on the disk itself.</summary>
    public void Sync()
    {
        Libc.SyncFileSystem(_root);
        Note(OnDisk);
    }

    /// <summary>Takes away what revisions that were begun and never became any left.</summary>
    public void RemoveUnfinished()
    {
        foreach (var kind in (string[])["transactions", "txn-protorevs"])
        {
            var directory = new DirectoryInfo(Path.Combine(Repository, "db", kind));
            // A process may have ended between the two.
            if (directory.Exists)
                directory.Delete(recursive: true);
            directory.Create();
        }
    }

    /// <summary>Removes all of it.</summary>
    public void Remove()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    private void Note(string text)
    {
        // Beside it first: on a full disk, what was noted before stays.
        var fresh = WrittenIn + ".new";
        File.WriteAllText(fresh, text);
        Libc.Sync(fresh);
        Libc.Rename(fresh, WrittenIn);
        Libc.Sync(_root);
    }
}
