using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.AspNetCore.Http;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Targets;

namespace RepoPortal.Gateway.Refusals;

/// <summary>Writes a refusal so that the svn client prints its sentence, and so that a browser shows it.</summary>
internal static class RefusalResponse
{
    private const string Challenge = "Basic realm=\"RepoPortal\", charset=\"UTF-8\"";

    internal static Task Write(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        ContentIsolation.Apply(response.Headers);
        response.Headers.CacheControl = "no-store";
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = Challenge;
        if (refusal.Status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = DavMethods.Allow;
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        var browser = BrowserPage.AcceptsHtml(context.Request.Headers.Accept);
        response.ContentType = browser ? "text/plain; charset=utf-8" : "text/xml; charset=\"utf-8\"";
        var body = Encoding.UTF8.GetBytes(browser ? refusal.Sentence + "\n" : DavError(refusal));
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    // The form of dav_error_response_tag in mod_dav's main/mod_dav.c, which libsvn_ra_serf reads the number and the sentence from.
    private static string DavError(Refusal refusal) => string.Create(CultureInfo.InvariantCulture, $"""
        <?xml version="1.0" encoding="utf-8"?>
        <D:error xmlns:D="DAV:" xmlns:m="http://apache.org/dav/xmlns" xmlns:C="svn:">
        <C:error/>
        <m:human-readable errcode="{(int)refusal.Code}">
        {SecurityElement.Escape(refusal.Sentence)}
        </m:human-readable>
        </D:error>

        """);
}
