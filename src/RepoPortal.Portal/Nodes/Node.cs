namespace RepoPortal.Portal.Nodes;

/// <summary>A storage machine, as it last spoke of itself.</summary>
public sealed class Node
{
    /// <summary>Its name, from its configuration; the key.</summary>
    public required string Name { get; init; }

    /// <summary>The machine's host name.</summary>
    public required string Host { get; set; }

    /// <summary>Free on the file system of its store, in bytes.</summary>
    public required long FreeBytes { get; set; }

    /// <summary>The size of that file system, in bytes.</summary>
    public required long TotalBytes { get; set; }

    /// <summary>When its process started.</summary>
    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>When it last announced itself.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}
