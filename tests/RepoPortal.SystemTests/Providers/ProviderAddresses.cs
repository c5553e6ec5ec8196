using static OpenIddict.Server.OpenIddictServerEvents;

namespace RepoPortal.SystemTests.Providers;

/// <summary>Where the endpoints are: at a plain provider at the root, at an Entra-like one below each tenant, and below <c>organizations</c> and <c>common</c>.</summary>
internal static class ProviderAddresses
{
    private static readonly string[] Many = ["organizations", "common"];

    internal static string[] Authorization(IReadOnlyList<string> tenants) => Below(tenants, "oauth2/v2.0/authorize", "authorize");

    internal static string[] Token(IReadOnlyList<string> tenants) => Below(tenants, "oauth2/v2.0/token", "token");

    internal static string[] UserInfo(IReadOnlyList<string> tenants) => Below(tenants, "oidc/userinfo", "userinfo");

    internal static string[] Keys(IReadOnlyList<string> tenants) => Below(tenants, "discovery/v2.0/keys", "keys");

    internal static string[] Configuration(IReadOnlyList<string> tenants) => Below(tenants, "v2.0/.well-known/openid-configuration", ".well-known/openid-configuration");

    internal static string Issuer(OpenProvider provider, string tenant) => $"{provider.Address}{tenant}/v2.0";

    /// <summary>Names the endpoints of the tenant that was asked about. For many tenants at once the issuer is a pattern, as at Entra ID.</summary>
    internal static void Describe(OpenProvider provider, ApplyConfigurationResponseContext context)
    {
        if (provider.Tenants.Count == 0)
            return;
        var tenant = context.RequestUri!.Segments[1].TrimEnd('/');
        context.Response["issuer"] = Issuer(provider, Many.Contains(tenant) ? "{tenantid}" : tenant);
        context.Response["authorization_endpoint"] = $"{provider.Address}{tenant}/oauth2/v2.0/authorize";
        context.Response["token_endpoint"] = $"{provider.Address}{tenant}/oauth2/v2.0/token";
        context.Response["jwks_uri"] = $"{provider.Address}{tenant}/discovery/v2.0/keys";
        context.Response["userinfo_endpoint"] = $"{provider.Address}{tenant}/oidc/userinfo";
    }

    private static string[] Below(IReadOnlyList<string> tenants, string entra, string plain) =>
        tenants.Count == 0 ? [plain] : [.. tenants.Concat(Many).Select(tenant => $"{tenant}/{entra}")];
}
