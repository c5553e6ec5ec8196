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

    /// <summary>When a server last had its backups copied off site; also what servers claim that by. Null: never.</summary>
    public DateTimeOffset? OffSiteTriedAt { get; set; }

    /// <summary>Whatever was backed up before this moment is off site, too; null while nothing is.</summary>
    public DateTimeOffset? OffSiteAt { get; set; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? OffSiteFailure { get; set; }

    /// <summary>Whether administrators were told that it fails, and not yet that it is mended.</summary>
    public bool IsOffSiteAlerted { get; set; }
}
