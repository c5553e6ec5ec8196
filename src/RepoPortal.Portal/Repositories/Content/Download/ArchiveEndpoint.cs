using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A directory in one file, written while it is sent.</summary>
internal static class ArchiveEndpoint
{
    internal static void MapArchive(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/r/{name}/archive/{**path}", WriteAsync).ReadableByToken().ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(string name, string? rev, string? format, OpenDirectory open, HttpContext context)
    {
        if (!RevisionChoice.TryParse(rev, out var choice) || ArchiveForm.Find(format) is not { } form)
            return TypedResults.NotFound();
        var actor = context.User.ToActor();
        if (!(await open.ExecuteAsync(name, ContentLinks.PathIn(context), choice, actor, context.RequestAborted)).Succeeded(out var directory, out var refusal))
            return refusal.Kind == RefusalKind.NotFound ? TypedResults.NotFound() : Problems.Of(refusal);
        var headers = context.Response.Headers;
        RawEndpoint.Isolate(headers);
        headers.CacheControl = RawEndpoint.Caching(choice, isPublic: actor.UserId is null);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(directory.Title + form.Extension);
        headers.ContentDisposition = disposition.ToString();
        context.Response.ContentType = form.ContentType;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return new ArchiveResult(directory, form);
    }

    private sealed class ArchiveResult(OpenedDirectory directory, ArchiveForm form) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            try
            {
                await directory.WriteAsync(form, context.Response.BodyWriter.AsStream(), context.RequestAborted);
            }
            catch (IOException)
            {
                // What was sent so far is no archive; only a connection that breaks says so to whoever receives it.
                context.Abort();
            }
        }
    }
}
