using RepoPortal.Contracts;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Importing;

/// <summary>
/// Takes a repository that exists on this machine over in place of a copy: looks at it, and moves it in one step. Until that step nothing of it is changed; its own hooks
/// and settings are set aside within it.
/// </summary>
internal sealed class AdoptRepository(NodeDirectories directories, DataDirectory data, VerifyRepository verify, SvnLookClient look)
{
    private const string What = "the repository was not adopted, and is where it was";

    /// <summary>Returns when it lies where imports lie.</summary>
    /// <exception cref="StorageException">It is none that can be adopted; the message says why.</exception>
    public async Task<LoadResult> RunAsync(string path, ImportDirectory import, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        // An attempt before got this far.
        if (!import.IsThere)
        {
            Require(path);
            onProgress(new JobProgress("verifying"));
            if (await verify.FindDamageAsync(path, kept: null, look.GetYoungest(path), _ => { }, cancellationToken) is { } damage)
                throw new StorageException($"{What}: it is damaged: {damage}");
            import.TakeIn(path);
        }

        SetAside(import.Repository, "hooks");
        SetAside(import.Repository, "conf");
        import.RemoveUnfinished();
        import.Sync();
        return new LoadResult(look.GetYoungest(import.Repository), Guid.Parse(look.GetUuid(import.Repository)));
    }

    private void Require(string path)
    {
        if (!File.Exists(Path.Combine(path, "format")) || !File.Exists(Path.Combine(path, "db", "current")))
            throw new StorageException($"{What}: '{path}' is no repository, or the server's user may not read it");
        if (FileSystems.RealPath(path) != path)
            throw new StorageException($"{What}: '{path}' leads through a link; name the directory itself");
        if (FirstLink(path) is { } link)
            throw new StorageException($"{What}: '{link}' is a link, and what it leads to would stay where it is");
        if (path == data.Root || path.StartsWith(data.Root + "/", StringComparison.Ordinal))
            throw new StorageException($"{What}: '{path}' is within the data of this server");
        if (File.ReadAllText(Path.Combine(path, "db", "fs-type")).Trim() != "fsfs" || RevisionFiles.ShardSize(path) is null)
            throw new StorageException($"{What}: it is not stored as FSFS in shards; dump it, and import the dump");
        if (look.GetYoungest(path) == 0)
            throw new StorageException($"{What}: it has no revision; create an empty one here");
        if (!FileSystems.AreSame(path, directories.Imports))
            throw new StorageException($"{What}: it is on another file system than the data of this server, so it would have to be copied; dump it, and import the dump");
        if (FirstClosed(path) is { } closed)
            throw new StorageException($"{What}: the server's user may not write '{closed}'; give it the repository first (chown -R)");
        RequireUnused(path);
    }

    private static string? FirstLink(string path) => Directory.EnumerateFileSystemEntries(path)
        .Concat(Directory.EnumerateFileSystemEntries(Path.Combine(path, "db")))
        .FirstOrDefault(entry => new FileInfo(entry).LinkTarget is not null);

    // Moving a directory takes the right to write in it and in the one above it.
    private static string? FirstClosed(string path) => ((string[])[Path.GetDirectoryName(path)!, path])
        .Concat(Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories))
        .Append(Path.Combine(path, "db", "current"))
        .FirstOrDefault(entry => !Libc.MayWrite(entry));

    // Whoever commits holds this file ("locking" in libsvn_fs_fs/structure). A server that only reads is not seen: the command says to stop it.
    private static void RequireUnused(string path)
    {
        try
        {
            using var file = new FileStream(Path.Combine(path, "db", "write-lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (OperatingSystem.IsLinux())
                file.Lock(0, 0);
        }
        catch (IOException exception)
        {
            throw new StorageException($"{What}: somebody commits to it at this moment; stop the server that serves it", exception);
        }
    }

    private static void SetAside(string repository, string directory)
    {
        var (from, aside) = (Path.Combine(repository, directory), Path.Combine(DigestFile.DirectoryIn(repository), $"{directory}-before"));
        if (Directory.Exists(aside))
            return;
        Directory.CreateDirectory(DigestFile.DirectoryIn(repository));
        if (Directory.Exists(from))
            Directory.Move(from, aside);
        Directory.CreateDirectory(from);
    }
}
