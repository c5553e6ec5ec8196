using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>What pages send a file by, in pieces, before the form that names it. The form's antiforgery token comes along in a header.</summary>
internal static class PageUploads
{
    // A piece of a script's, with room to spare.
    private const long LargestPiece = 32L * 1024 * 1024;

    internal static void MapPageUploads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/new/uploads").RequireAuthorization().ExcludeFromDescription()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestPiece)).AddEndpointFilter(RequireTokenAsync);
        group.MapPost("/", async (long length, HttpContext context, BeginUpload begin, CancellationToken cancellationToken) =>
            Answer(await begin.ExecuteAsync(length, context.User.ToActor(), cancellationToken)));
        group.MapGet("/{id:guid}", async (Guid id, HttpContext context, ContinueUpload uploads, CancellationToken cancellationToken) =>
            Answer(await uploads.ViewAsync(id, context.User.ToActor(), cancellationToken)));
        group.MapPatch("/{id:guid}", async (Guid id, long offset, HttpContext context, ContinueUpload uploads, CancellationToken cancellationToken) =>
            Answer(await uploads.ExecuteAsync(id, offset, context.Request.Body, context.User.ToActor(), cancellationToken)));
    }

    private static async ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsGet(context.HttpContext.Request.Method)
        || await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : Results.BadRequest();

    private static Results<Ok<UploadView>, ProblemHttpResult> Answer(Outcome<UploadView> outcome) =>
        outcome.Succeeded(out var upload, out var refusal) ? TypedResults.Ok(upload) : Problems.Of(refusal);
}
