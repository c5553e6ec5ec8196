using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Quotas;

/// <summary>Replaces a copy's limit in one step; the next commit is held to either the old or the new one.</summary>
internal sealed class SetQuota(NodeDirectories directories, CopyLocks locks)
{
    /// <summary>Returns when the limit, or a later one, is on the disk.</summary>
    /// <exception cref="CopyNotFoundException">There is no such copy on this node.</exception>
    /// <exception cref="StorageException">The disk refuses.</exception>
    public async Task RunAsync(RepositoryCopy copy, CopyQuota quota, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(copy.Repository, cancellationToken);
        var directory = directories.Copy(copy);
        if (!Directory.Exists(directory))
            throw new CopyNotFoundException($"there is no copy {copy.Generation} of the repository '{copy.Repository}' on this node");
        try
        {
            WriteIfNewer(directory, quota);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the quota could not be written", exception);
        }
    }

    /// <summary>Writes the limit unless a later one is there; for whoever has the copy's turn.</summary>
    public static void WriteIfNewer(string directory, CopyQuota quota)
    {
        if (Present(directory) is not { } present || present.Version < quota.Version)
            Write(directory, quota);
    }

    // A file that says nothing is one to be replaced.
    private static CopyQuota? Present(string directory)
    {
        try
        {
            return QuotaFile.Read(directory);
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private static void Write(string directory, CopyQuota quota)
    {
        var path = QuotaFile.PathIn(directory);
        var fresh = path + ".new";
        File.WriteAllText(fresh, QuotaFile.TextOf(quota));
        Libc.Sync(fresh);
        Libc.Rename(fresh, path);
        Libc.Sync(Path.GetDirectoryName(path)!);
    }
}
