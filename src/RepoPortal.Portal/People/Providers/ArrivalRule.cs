namespace RepoPortal.Portal.People.Providers;

/// <summary>What somebody is made at their first sign-in through a provider.</summary>
public enum ArrivalKind
{
    /// <summary>Of the house.</summary>
    Internal,

    /// <summary>A collaborator from elsewhere.</summary>
    External,

    /// <summary>A collaborator from elsewhere if somebody invited them, otherwise nobody: an account is made only on the way to an invitation.</summary>
    Invited,
}

/// <summary>Says what people are who fit all of its conditions; a rule without any fits everybody.</summary>
public sealed class ArrivalRule
{
    /// <summary>What they are made.</summary>
    public ArrivalKind People { get; set; }

    /// <summary>The provider's key.</summary>
    public string? Provider { get; set; }

    /// <summary>The tenant in Entra ID that they come from, by its id.</summary>
    public string? Tenant { get; set; }

    /// <summary>The issuer of their ID token.</summary>
    public string? Issuer { get; set; }

    /// <summary>What their address ends in after the <c>@</c>. Only an address that the provider has verified counts.</summary>
    public string? EmailDomain { get; set; }

    /// <summary>A value of the provider's claim of groups.</summary>
    public string? Group { get; set; }

    /// <summary>True for guests (B2B) of a tenant in Entra ID, false for its own people.</summary>
    public bool? Guest { get; set; }

    /// <summary>Whether the rule is about somebody like that.</summary>
    internal bool Fits(ProvidedIdentity who) =>
        Same(Provider, who.Provider, StringComparison.Ordinal)
        && Same(Tenant, who.Tenant, StringComparison.OrdinalIgnoreCase)
        && Same(Issuer, who.Issuer, StringComparison.Ordinal)
        && (EmailDomain is null || (who.VerifiedEmail is { } email && email.Value.EndsWith($"@{EmailDomain}", StringComparison.OrdinalIgnoreCase)))
        && (Group is null || who.Groups?.Contains(Group, StringComparer.Ordinal) is true)
        && (Guest is null || Guest == who.IsGuest);

    private static bool Same(string? wanted, string? found, StringComparison comparison) => wanted is null || string.Equals(wanted, found, comparison);
}
