using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>A promise of access to whoever receives mail at an address. Its secret is kept as a digest only.</summary>
public sealed class Invitation
{
    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The repository's row.</summary>
    public Repository Repository { get; init; } = null!;

    /// <summary>The address as typed.</summary>
    public required string Email { get; set; }

    /// <summary>The address as compared.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>Read or write.</summary>
    public required AccessLevel Access { get; set; }

    /// <summary>SHA-256 of the secret in the link; unique.</summary>
    public required TokenDigest Secret { get; set; }

    /// <summary>SHA-256 of the code that can be typed in place of following the link; unique; null for invitations from before there were codes.</summary>
    public TokenDigest? Code { get; set; }

    /// <summary>When the access that it gives ends; null for no end of its own.</summary>
    public DateTimeOffset? AccessEndsAt { get; set; }

    /// <summary>Who invited.</summary>
    public required Guid? InviterId { get; set; }

    /// <summary>The inviter's row; null when an operator invited.</summary>
    public User? Inviter { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Until when it can be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was accepted; null while it was not. Checked on every write, so that one of two people wins.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>Who accepted it.</summary>
    public Guid? AcceptedById { get; set; }

    /// <summary>When it was taken back; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
