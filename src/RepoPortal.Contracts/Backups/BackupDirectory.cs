using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.Backups;

/// <summary>What lies where in the directory of the backups.</summary>
/// <param name="root">Its root.</param>
public sealed class BackupDirectory(string root)
{
    /// <summary>The absolute path of the root, without a slash at the end.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Says that this is a directory of backups, and which: without it, the disk that should be here is not mounted.</summary>
    public string Marker => Path.Combine(Root, "repoportal-backups.json");

    /// <summary>Backups of the record, each in a directory named by its time.</summary>
    public string Record => Path.Combine(Root, "record");

    /// <summary>Every node's backups: <c>nodes/{node}/{id}/{generation}</c>.</summary>
    public string Nodes => Path.Combine(Root, "nodes");

    /// <summary>The directory that the options name, or the one beside the data.</summary>
    public static BackupDirectory Of(BackupOptions options, DataDirectory data)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        return new BackupDirectory(options.Directory ?? Path.Combine(data.Root, "backups"));
    }

    /// <summary>The backups of one node's repositories.</summary>
    public string Node(NodeName node) => Path.Combine(Nodes, node.Value);

    /// <summary>The backup of one copy: a repository that <c>svnadmin</c> knows, with <c>repoportal/</c> in it.</summary>
    public string Copy(NodeName node, RepositoryCopy copy) =>
        Path.Combine(Node(node), copy.Repository.ToString(), copy.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
