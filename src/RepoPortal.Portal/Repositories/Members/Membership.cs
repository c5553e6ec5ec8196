using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Somebody's own access to a repository.</summary>
public sealed class Membership
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The repository's row.</summary>
    public Repository Repository { get; init; } = null!;

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The person's row.</summary>
    public User User { get; init; } = null!;

    /// <summary>Read, write or owner; never none.</summary>
    public required AccessLevel Access { get; set; }

    /// <summary>When it ends; null for no end.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>When it was last given or changed.</summary>
    public required DateTimeOffset GrantedAt { get; set; }

    /// <summary>Who gave or changed it, as the audit names them.</summary>
    public required string GrantedBy { get; set; }
}
