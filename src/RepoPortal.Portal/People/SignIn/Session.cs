using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RepoPortal.Portal.People.Sessions;

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
        options.ExpireTimeSpan = UserSession.Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>
    /// Looks at the session's and the person's row on every request: whoever was suspended or signed out elsewhere is out at once, and what the
    /// session says about somebody is never older than the request. One read by key costs less than being wrong for minutes.
    /// </summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var stamp = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType;
        if (context.Principal?.GetSessionId() is { } id
            && await services.GetRequiredService<FindSession>().ExecuteAsync(id, context.HttpContext.RequestAborted) is { } session
            && session.User.SecurityStamp == context.Principal.FindFirstValue(stamp))
        {
            context.ReplacePrincipal(new ClaimsPrincipal(services.GetRequiredService<UserClaims>().Identity(session.User, id, session.NeedsSecondFactor)));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
