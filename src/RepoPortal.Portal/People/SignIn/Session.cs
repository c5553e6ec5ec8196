using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>The session's cookie, and what ends it.</summary>
internal static class Session
{
    internal const string SignInPath = "/sign-in";
    internal const string AccessDeniedPath = "/access-denied";

    internal static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "repoportal";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = SignInPath;
        options.AccessDeniedPath = AccessDeniedPath;
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>
    /// Looks at the person's row on every request: suspended people and those whose password changed elsewhere are out at once, and what the
    /// session says about somebody is never older than the request. One read by key costs less than being wrong for minutes.
    /// </summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var names = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        var user = Guid.TryParse(context.Principal?.FindFirstValue(names.UserIdClaimType), out var id)
            ? await FindAsync(services, id, context.HttpContext.RequestAborted)
            : null;
        if (user is { Status: UserStatus.Active } && user.SecurityStamp == context.Principal?.FindFirstValue(names.SecurityStampClaimType))
        {
            context.ReplacePrincipal(new ClaimsPrincipal(services.GetRequiredService<UserClaims>().Identity(user, IdentityConstants.ApplicationScheme)));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static async Task<User?> FindAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken)
    {
        await using var record = await services.GetRequiredService<IDbContextFactory<RecordContext>>().CreateDbContextAsync(cancellationToken);
        return await record.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
    }
}
