using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>A group's access to a repository.</summary>
public sealed class GroupGrant
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group's row.</summary>
    public Group Group { get; init; } = null!;

    /// <summary>Read, write or owner; never none.</summary>
    public required AccessLevel Access { get; set; }

    /// <summary>When it ends; null for no end.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>When it was last given or changed.</summary>
    public required DateTimeOffset GrantedAt { get; set; }

    /// <summary>Who gave or changed it, as the audit names them.</summary>
    public required string GrantedBy { get; set; }
}
