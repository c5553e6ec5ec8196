using RepoPortal.Contracts;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode;

/// <summary>Where this node keeps what: every path of the storage node is made here, out of values that were parsed before.</summary>
internal sealed class NodeDirectories(DataDirectory data, NodeName node)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Everything of this node.</summary>
    public string Root { get; } = data.Node(node);

    /// <summary>The repositories themselves: <c>store/{id}/{generation}</c>.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>What httpd sees: one link per served name.</summary>
    public string Serve => Path.Combine(Root, "serve");

    /// <summary>Repositories being made; nothing in it outlives the process that made it.</summary>
    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>What was discarded, until the janitor comes.</summary>
    public string Trash => Path.Combine(Root, "trash");

    /// <summary>What imports have loaded that is not served yet; it outlives the process, so that they are continued.</summary>
    public string Imports => Path.Combine(Root, "imports");

    /// <summary>Dumps that were uploaded to be imported.</summary>
    public string Uploads => Path.Combine(Root, "uploads");

    /// <summary>The configuration and run-time files of this node's httpd.</summary>
    public string Httpd => Path.Combine(Root, "httpd");

    /// <summary>The installed hook program and the socket it speaks to.</summary>
    public string Hook => Path.Combine(Root, "hook");

    /// <summary>Where a copy is stored.</summary>
    public string Copy(RepositoryCopy copy) =>
        Path.Combine(Store, copy.Repository.ToString(), copy.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Where a copy is loaded before it is stored.</summary>
    public string Import(RepositoryCopy copy) =>
        Path.Combine(Imports, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{copy.Repository}-{copy.Generation}"));

    /// <summary>An uploaded file.</summary>
    public string Upload(Guid upload) => Path.Combine(Uploads, upload.ToString("n"));

    /// <summary>The link that serves a name.</summary>
    public string Served(RepositoryName name) => Path.Combine(Serve, name.Value);

    /// <summary>Makes what is not there yet, readable by nobody else.</summary>
    public void Create()
    {
        foreach (var directory in (string[])[Root, Store, Serve, Temporary, Trash, Imports, Uploads, Httpd, Hook])
        {
            Directory.CreateDirectory(directory, OwnerOnly);
            File.SetUnixFileMode(directory, OwnerOnly);
        }
    }

    /// <summary>Moves a stored copy elsewhere on this disk, in one step, and forgets the repository when it was its last copy here.</summary>
    public void TakeOut(RepositoryCopy copy, string destination)
    {
        var stored = Copy(copy);
        Directory.Move(stored, destination);
        var repository = Path.GetDirectoryName(stored)!;
        if (!Directory.EnumerateFileSystemEntries(repository).Any())
            Directory.Delete(repository);
    }
}
