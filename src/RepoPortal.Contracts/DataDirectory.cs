namespace RepoPortal.Contracts;

/// <summary>Everything RepoPortal keeps on this machine, under one root. The server registers the one instance.</summary>
/// <param name="root">The root; a relative path is taken from the current directory.</param>
public sealed class DataDirectory(string root)
{
    /// <summary>The absolute path of the root, without a slash at the end.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The embedded database.</summary>
    public string DatabaseFile => Path.Combine(Root, "portal.db");

    /// <summary>What searches are answered from beside the embedded database: a file per repository, made anew when it is not there.</summary>
    public string Search => Path.Combine(Root, "search");

    /// <summary>Data-protection keys.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Outgoing mail when no SMTP server is set.</summary>
    public string Mail => Path.Combine(Root, "mail");

    /// <summary>The address the server listens on, written at its start: commands make links with it.</summary>
    public string AddressFile => Path.Combine(Root, "address");

    /// <summary>What one storage node keeps. The name is checked by <see cref="StorageNodes.NodeName"/>, so it cannot lead elsewhere.</summary>
    public string Node(StorageNodes.NodeName name) => Path.Combine(Root, "nodes", name.Value);
}
