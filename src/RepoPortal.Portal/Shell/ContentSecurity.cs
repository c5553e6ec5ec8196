using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.Shell;

/// <summary>The headers that keep a page to itself: only our own scripts and styles, in no frame, with no address told to others.</summary>
internal static class ContentSecurity
{
    // data: is for the small pictures in Bootstrap's style sheet (arrows and ticks of form fields), and for those in notebooks. The only thing that lets itself be framed is a
    // PDF document in its sandbox (RawEndpoint).
    private const string Policy =
        "default-src 'none'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'; ";

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
            headers.ContentSecurityPolicy = Policy + ScriptsAndStyles(context.Request.Host);
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        }

        return next(context);
    });

    /// <summary>
    /// Names the directories of our own scripts and styles: 'self' would take in <c>/repos</c>, where anybody may put a script. A host that such a list
    /// cannot name (an IPv6 address) gets 'self' all the same.
    /// </summary>
    private static string ScriptsAndStyles(HostString host) => host.HasValue && !host.Value.StartsWith('[')
        ? $"script-src {host.ToUriComponent()}/js/ {host.ToUriComponent()}/lib/ {host.ToUriComponent()}/_framework/; style-src {host.ToUriComponent()}/css/ {host.ToUriComponent()}/lib/"
        : "script-src 'self'; style-src 'self'";
}
