using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Portal.People.Passwords;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>Registers accounts, sessions and the two ways of saying who one is: the cookie on pages, a token at the API.</summary>
internal static class IdentitySetup
{
    private const string Either = "cookie-or-token";

    /// <summary>Accounts without sessions: enough for the command line.</summary>
    internal static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("RepoPortal");
        // It warns that the keys are not encrypted: they lie in the data directory, which only the server's user reads, beside what they protect.
        services.AddLogging(logs => logs.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>((options, data, logs) =>
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(data.Keys), logs));
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(3));
        services.AddIdentityCore<User>(Configure)
            .AddEntityFrameworkStores<RecordContext>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<MailedLinkProvider>(MailedLinkProvider.Name)
            .AddPasswordValidator<CommonPasswordValidator>();
        services.AddScoped<UserClaims>();
        services.AddScoped<IUserClaimsPrincipalFactory<User>>(provider => provider.GetRequiredService<UserClaims>());
        return services;
    }

    /// <summary>Sessions, tokens and policies.</summary>
    internal static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PortalOptions>>((passkeys, portal) =>
            passkeys.ServerDomain = portal.Value.PublicUrl is { Length: > 0 } url ? new Uri(url).Host : null);
        new IdentityBuilder(typeof(User), services).AddSignInManager();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, displayName: null, options => options.ForwardDefaultSelector = context =>
                context.Request.Path.StartsWithSegments(Api.Root, StringComparison.Ordinal) || TokenReads.IsOne(context) ? TokenAuthentication.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, configureOptions: null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Session.Configure));
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Administrator, policy => policy.RequireRole(UserClaims.AdministratorRole));
        return services;
    }

    private static void Configure(IdentityOptions options)
    {
        PasswordRules.Configure(options.Password);
    }
}

/// <summary>The names of the authorization policies.</summary>
public static class Policies
{
    /// <summary>Whoever administers the installation.</summary>
    public const string Administrator = "Administrator";
}
