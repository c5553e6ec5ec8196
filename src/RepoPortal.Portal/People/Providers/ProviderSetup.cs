using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Registers every provider that is configured as an authentication scheme of its key: Entra ID through Microsoft.Identity.Web, others as OpenID Connect.</summary>
internal static class ProviderSetup
{
    // A provider that takes longer is as good as away: somebody waits in front of a browser.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] UserInfoClaims = ["email", "email_verified", "name", "given_name", "family_name", "preferred_username"];

    internal static void AddSignInProviders(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ExternalScheme, cookie => cookie.ExpireTimeSpan = PendingIdentity.Lifetime);
        var authentication = new AuthenticationBuilder(services);
        foreach (var provider in new SignInProviders(builder.Configuration).All)
        {
            if (provider.Options is EntraOptions)
            {
                var section = builder.Configuration.GetSection(EntraOptions.Section);
                services.AddSingleton<IValidateOptions<EntraOptions>, EntraOptionsValidation>();
                services.AddOptions<EntraOptions>().Bind(section).ValidateOnStart();
                authentication.AddMicrosoftIdentityWebApp(section, provider.Key, cookieScheme: null, displayName: provider.Name);
                services.PostConfigure<OpenIdConnectOptions>(provider.Key, options => options.CallbackPath = section["CallbackPath"] ?? CallbackOf(provider));
            }
            else
            {
                authentication.AddOpenIdConnect(provider.Key, provider.Name, options => Configure(options, provider));
            }

            services.Configure<OpenIdConnectOptions>(provider.Key, options => options.BackchannelHttpHandler = new BackchannelHandler());
            services.PostConfigure<OpenIdConnectOptions>(provider.Key, options => Settle(options, provider));
        }
    }

    private static string CallbackOf(SignInProvider provider) => $"{ProviderEndpoints.CallbackPath}/{provider.Key}";

    private static void Configure(OpenIdConnectOptions options, SignInProvider provider)
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (provider.Options.Authority, provider.Options.ClientId, provider.Options.ClientSecret);
        options.RequireHttpsMetadata = provider.Options.Authority!.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        options.CallbackPath = CallbackOf(provider);
        // Some say the address only there.
        options.GetClaimsFromUserInfoEndpoint = true;
    }

    /// <summary>The same for all of them: the code flow with PKCE, answered by a redirect, so that no cookie has to be sent from another site.</summary>
    private static void Settle(OpenIdConnectOptions options, SignInProvider provider)
    {
        options.SignInScheme = IdentityConstants.ExternalScheme;
        (options.ResponseType, options.ResponseMode, options.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (options.SaveTokens, options.BackchannelTimeout) = (false, Patience);
        // Claims are read under their own names. Microsoft.Identity.Web brings a handler of its own, which the option does not reach.
        options.MapInboundClaims = false;
        if (options.TokenHandler is JsonWebTokenHandler handler)
            handler.MapInboundClaims = false;
        options.Scope.Clear();
        foreach (var scope in provider.Options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        foreach (var claim in UserInfoClaims)
            options.ClaimActions.MapUniqueJsonKey(claim, claim);
        if (provider.Options.GroupsClaim is { } groups)
            options.ClaimActions.MapJsonKey(groups, groups);
        // Microsoft.Identity.Web hands on cookies that take their path from options of its own.
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            (cookie.Path, cookie.SameSite, cookie.SecurePolicy) = (options.CallbackPath, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        ProviderEvents.Add(options.Events, provider);
    }
}
