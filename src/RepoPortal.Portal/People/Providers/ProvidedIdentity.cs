using System.Security.Claims;

namespace RepoPortal.Portal.People.Providers;

/// <summary>What a provider said about somebody, once its ID token was found to be genuine.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Subject">What it knows them by for ever; of Entra ID tenant and object id, because its <c>sub</c> differs from one application to the next.</param>
/// <param name="Issuer">Who issued the ID token.</param>
/// <param name="Tenant">The tenant in Entra ID.</param>
/// <param name="IsGuest">Whether they are a guest (B2B) of that tenant.</param>
/// <param name="Email">The address, as told; null when none was.</param>
/// <param name="IsEmailVerified">Whether the provider has found out that the address is theirs.</param>
/// <param name="Name">The name for people; null when none was told.</param>
/// <param name="UserName">What they are called at the provider, for a suggestion; null when it was not told.</param>
/// <param name="Groups">Every value of the claim of groups; null when the provider did not say, so that nothing follows from it.</param>
internal sealed record ProvidedIdentity(
    string Provider,
    string Subject,
    string Issuer,
    string? Tenant,
    bool IsGuest,
    string? Email,
    bool IsEmailVerified,
    string? Name,
    string? UserName,
    IReadOnlyList<string>? Groups)
{
    /// <summary>The address when it is known to be theirs; null otherwise.</summary>
    internal EmailAddress? VerifiedEmail => IsEmailVerified && EmailAddress.TryParse(Email, out var address, out _) ? address : null;

    /// <summary>Reads the claims of an ID token and of the userinfo endpoint, under their own names.</summary>
    /// <exception cref="FormatException">They do not say who it is.</exception>
    internal static ProvidedIdentity Of(SignInProvider provider, string issuer, ClaimsPrincipal principal)
    {
        var isEntra = provider.Options is EntraOptions;
        string? Value(string type) => principal.FindFirstValue(type) is { Length: > 0 } value ? value : null;
        string Needed(string type) => Value(type) ?? throw new FormatException($"the claim '{type}' is missing");
        var email = Value("email");
        return new ProvidedIdentity(
            provider.Key,
            isEntra ? $"{Needed("tid")}.{Needed("oid")}" : Needed("sub"),
            issuer,
            isEntra ? Needed("tid") : null,
            isEntra && IsEntraGuest(Value, issuer),
            email,
            // At Entra ID anybody who administers any tenant can write any address into an account; only xms_edov says that its domain is the tenant's own.
            provider.Options.TrustsEmail || IsTrue(Value(isEntra ? "xms_edov" : "email_verified")),
            Value("name") ?? (string.Join(' ', new[] { Value("given_name"), Value("family_name") }.OfType<string>()) is { Length: > 0 } name ? name : null),
            Value("preferred_username") ?? email,
            GroupsOf(provider, principal));
    }

    private static bool IsTrue(string? value) => value is "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    // The optional claim acct says it (1: a guest); without it, the home of a guest's account is another one.
    private static bool IsEntraGuest(Func<string, string?> value, string issuer) => value("acct") is { } account
        ? account == "1"
        : (value("idp") is { } home && home != issuer) || value("preferred_username")?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) is true;

    private static List<string>? GroupsOf(SignInProvider provider, ClaimsPrincipal principal)
    {
        // Entra ID names no groups any more when there are over 200, and says so by one of these.
        if (provider.Options.GroupsClaim is not { } claim || principal.HasClaim(named => named.Type is "hasgroups" or "_claim_names"))
            return null;
        return [.. principal.FindAll(claim).Select(group => group.Value).Distinct(StringComparer.Ordinal)];
    }
}
