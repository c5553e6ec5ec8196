namespace RepoPortal.Portal.Repositories.Copies;

/// <summary>What a copy is for.</summary>
public enum CopyRole
{
    /// <summary>The one that is served; at most one of a repository.</summary>
    Primary,

    /// <summary>Follows the primary.</summary>
    Replica,

    /// <summary>Out of use, kept for a while.</summary>
    Retired,
}

/// <summary>One generation of a repository's content on one node.</summary>
public sealed class Copy
{
    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The node that holds it.</summary>
    public required string NodeName { get; init; }

    /// <summary>1 for the content it was created with; a restore in place makes the next one.</summary>
    public required int Generation { get; init; }

    /// <summary>What it is for.</summary>
    public required CopyRole Role { get; set; }

    /// <summary>Grows when the primary changes; a node that holds an older epoch refuses commits.</summary>
    public required long Epoch { get; set; }

    /// <summary>How the storage node knows it.</summary>
    internal RepositoryCopy Key => new(RepositoryId, Generation);
}
