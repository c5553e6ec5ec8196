using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.Email;

/// <summary>An e-mail address that is to take the place of another, once both have confirmed.</summary>
public sealed class EmailChange
{
    /// <summary>How long it can be confirmed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose address; at most one change each.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The new address.</summary>
    public required string Email { get; init; }

    /// <summary>The digest of the secret sent to the present address.</summary>
    public required TokenDigest PresentSecret { get; init; }

    /// <summary>The digest of the secret sent to the new address.</summary>
    public required TokenDigest NewSecret { get; init; }

    /// <summary>When the present address confirmed.</summary>
    public DateTimeOffset? PresentConfirmedAt { get; set; }

    /// <summary>When the new address confirmed.</summary>
    public DateTimeOffset? NewConfirmedAt { get; set; }

    /// <summary>Until when it can be confirmed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
