using RepoPortal.Contracts.Repositories;
using RepoPortal.StorageNode.Httpd;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Provisioning;

/// <summary>The links that httpd serves repositories by.</summary>
internal sealed class ServedNames(NodeDirectories directories, HttpdService httpd)
{
    /// <summary>Serves a copy under a name, in one step: at no time is there no such name, if there was one before.</summary>
    public void Publish(RepositoryName name, RepositoryCopy copy)
    {
        var link = directories.Served(name);
        var before = TargetOf(link);
        if (before == Target(copy))
            return;
        var fresh = Path.Combine(directories.Temporary, $"{name}-{Guid.NewGuid():n}");
        File.CreateSymbolicLink(fresh, Target(copy));
        try
        {
            Libc.Rename(fresh, link);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }

        Libc.Sync(directories.Serve);
        // httpd's caches are keyed by UUID and path, and both may be those of the content that was served before.
        if (before is not null)
            httpd.RestartGracefully();
    }

    /// <summary>Stops serving a name, if it is that copy that is served by it.</summary>
    public void Withdraw(RepositoryName name, RepositoryCopy copy)
    {
        var link = directories.Served(name);
        if (TargetOf(link) != Target(copy))
            return;
        File.Delete(link);
        Libc.Sync(directories.Serve);
    }

    private static string? TargetOf(string link) => new FileInfo(link).LinkTarget;

    private string Target(RepositoryCopy copy) => Path.GetRelativePath(directories.Serve, directories.Copy(copy));
}
