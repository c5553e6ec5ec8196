using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace RepoPortal.Portal.Shell;

/// <summary>Light, dark, or as the system says: kept in a cookie, so that the first paint is right and no script is needed.</summary>
internal static class Theme
{
    internal const string System = "system";
    internal const string Light = "light";
    internal const string Dark = "dark";
    private const string Cookie = "theme";

    /// <summary>What the visitor chose; null when the system decides.</summary>
    internal static string? Of(HttpContext context) =>
        context.Request.Cookies[Cookie] is Light or Dark ? context.Request.Cookies[Cookie] : null;

    internal static void MapTheme(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/theme", (HttpContext context, [FromForm] string theme, [FromForm(Name = "return")] string? returnTo) =>
        {
            if (theme is Light or Dark)
                context.Response.Cookies.Append(Cookie, theme, Options(context));
            else
                context.Response.Cookies.Delete(Cookie, Options(context));
            return Results.LocalRedirect(LocalAddress.OrHome(returnTo));
        })
        // Another site that changes somebody's colours does no harm, and without a token a page is the same for every visitor.
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = TimeSpan.FromDays(365),
    };
}
