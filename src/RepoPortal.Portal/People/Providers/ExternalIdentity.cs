namespace RepoPortal.Portal.People.Providers;

/// <summary>Who somebody is at a sign-in provider. One person may have several; each belongs to one person.</summary>
public sealed class ExternalIdentity
{
    /// <summary>The provider's key in the configuration, such as <c>entra</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>What the provider knows them by for ever: <c>sub</c>, or <c>tid</c> and <c>oid</c> of Entra ID. Never the e-mail address.</summary>
    public required string Subject { get; init; }

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The person's row.</summary>
    public User User { get; init; } = null!;

    /// <summary>The address at the provider, as last told; null when it told none.</summary>
    public string? Email { get; set; }

    /// <summary>The name at the provider, as last told; null when it told none.</summary>
    public string? Name { get; set; }

    /// <summary>Since when the two belong together.</summary>
    public required DateTimeOffset LinkedAt { get; init; }

    /// <summary>When they last signed in by it.</summary>
    public required DateTimeOffset LastSignInAt { get; set; }

    /// <summary>The provider's refresh token, encrypted; null when it gave none.</summary>
    public string? ProtectedRefreshToken { get; set; }

    /// <summary>When the provider last confirmed that they are still somebody there.</summary>
    public required DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>When the provider was last asked, whatever came of it; by this, one server of several asks at a time.</summary>
    public required DateTimeOffset CheckedAt { get; set; }

    /// <summary>When the provider said that they are nobody there any more; null while it did not. The person is <see cref="UserStatus.Disabled"/> until they sign in through it again.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
