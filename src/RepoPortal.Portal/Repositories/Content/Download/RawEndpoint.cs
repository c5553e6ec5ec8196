using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A file's bytes at an address of their own, for pages, scripts and <c>wget</c>. The address is the portal's, so what is there is kept from acting as the portal.</summary>
internal static class RawEndpoint
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    internal static void MapRaw(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/r/{name}/raw/{**path}", Reading, ReadAsync).ReadableByToken().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(string name, string? rev, OpenFile open, HttpContext context)
    {
        if (!RevisionChoice.TryParse(rev, out var choice))
            return TypedResults.NotFound();
        var actor = context.User.ToActor();
        if (!(await open.ExecuteAsync(name, ContentLinks.PathIn(context), choice, actor, context.RequestAborted)).Succeeded(out var file, out var refusal))
            return refusal.Kind == RefusalKind.NotFound ? TypedResults.NotFound() : Problems.Of(refusal);
        var content = file.Content;
        var type = ServedType.Of(content);
        Isolate(context.Response.Headers, ServedType.IsPdf(content) ? "'self'" : "'none'");
        context.Response.Headers.CacheControl = Caching(choice, isPublic: actor.UserId is null);
        var disposition = new ContentDispositionHeaderValue(type.IsInline ? "inline" : "attachment");
        disposition.SetHttpFileName(FileFacts.NameOf(content.Path));
        context.Response.Headers.ContentDisposition = disposition.ToString();
        // The revision that last changed it names the content; the digest tells it from what another copy of the repository, restored, has there.
        var tag = new EntityTagHeaderValue($"\"r{Format.Plain(content.Change.Revision)}-{content.Md5}\"");
        return TypedResults.Stream(file.Bytes, type.ContentType, lastModified: content.Change.At, entityTag: tag, enableRangeProcessing: true);
    }

    /// <summary>Nothing that is opened by itself runs, loads anything else, or has the visitor's session; pictures may use styles of their own.</summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="ancestors">Which pages may have it in a frame.</param>
    internal static void Isolate(IHeaderDictionary headers, string ancestors = "'none'")
    {
        headers.ContentSecurityPolicy = $"sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors {ancestors}";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
    }

    // What belongs to a revision never changes. Only what everybody may see is for caches that many share.
    internal static string Caching(RevisionChoice choice, bool isPublic) => choice.Revision is null
        ? "private, no-cache"
        : $"{(isPublic ? "public" : "private")}, max-age=31536000, immutable";
}
