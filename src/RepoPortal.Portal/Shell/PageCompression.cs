using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace RepoPortal.Portal.Shell;

/// <summary>
/// Compresses pages, feeds and answers of the API, except those that another site's page made a browser ask for: who can have somebody's browser ask for the
/// same page many times with words of their own in it, and sees how long the answers are, could tell by that what else is in it (BREACH).
/// </summary>
internal sealed class PageCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    /// <summary>What is compressed; files from repositories and what is compressed already are not.</summary>
    internal static readonly string[] Types = ["text/html", "application/atom+xml", "application/xml", "application/json", "application/problem+json"];

    public override bool ShouldCompressResponse(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"] != "cross-site" && base.ShouldCompressResponse(context);
}
