using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.People.SecondFactor;

/// <summary>Leads people who must have a second factor, and have none yet, to where they set it up; until then nothing else is open to their session.</summary>
internal static class SecondFactorGate
{
    internal const string Page = "/account/security";

    private static readonly PathString[] Open =
        [Page, "/passkeys", "/sign-in", "/sign-out", "/error", "/theme", "/css", "/js", "/lib", "/_framework", "/favicon.svg"];

    internal static void UseSecondFactorGate(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.User.NeedsSecondFactor() || Array.Exists(Open, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)))
            return next(context);
        if (HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect(Page);
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}
