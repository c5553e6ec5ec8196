using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>An access token that was handed out; only its digest is kept.</summary>
public sealed class UserToken
{
    /// <summary>The longest label, in characters.</summary>
    public const int MaxLabelLength = 100;

    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whom it stands for.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The person it stands for.</summary>
    public User User { get; init; } = null!;

    /// <summary>What its owner calls it, such as "laptop".</summary>
    public required string Label { get; init; }

    /// <summary>SHA-256 of its text; unique.</summary>
    public required TokenDigest Digest { get; init; }

    /// <summary>True when it may only read.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>True when it is good only for the repositories in <see cref="Scopes"/>.</summary>
    public bool IsScoped { get; init; }

    /// <summary>The only repositories it is good for, when <see cref="IsScoped"/> says so.</summary>
    public ICollection<TokenScope> Scopes { get; init; } = [];

    /// <summary>When it was last used, to some seconds; null before the first time.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedFrom { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
