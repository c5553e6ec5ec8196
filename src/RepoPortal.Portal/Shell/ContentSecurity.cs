using Microsoft.AspNetCore.Builder;

namespace RepoPortal.Portal.Shell;

/// <summary>The headers that keep a page to itself: only our own scripts and styles, in no frame, with no address told to others.</summary>
internal static class ContentSecurity
{
    // data: is for the small pictures in Bootstrap's style sheet (arrows and ticks of form fields).
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>
    /// Adds the headers to every answer but those under <c>/api</c>, whose reference page brings its own script, and <c>/repos</c>, whose content the
    /// gateway puts into a stricter sandbox.
    /// </summary>
    internal static void UseContentSecurity(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/repos", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = Policy;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        }

        return next(context);
    });
}
