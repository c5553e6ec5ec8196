namespace RepoPortal.Portal.People.Tokens;

/// <summary>A repository that a token with named repositories is good for.</summary>
public sealed class TokenScope
{
    /// <summary>The token.</summary>
    public required Guid TokenId { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }
}

/// <summary>An address a token was used from.</summary>
public sealed class TokenAddress
{
    /// <summary>The token.</summary>
    public required Guid TokenId { get; init; }

    /// <summary>The client's address as text.</summary>
    public required string Address { get; init; }

    /// <summary>When it was first used from there.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When it was last used from there.</summary>
    public required DateTimeOffset LastAt { get; set; }
}
