using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>Uploads behind REST: begun with a length, sent in as many requests as it takes, each beginning where the one before ended.</summary>
internal static class UploadEndpoints
{
    private const string OffsetHeader = "Upload-Offset";

    internal static void MapUploads(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/uploads").WithTags("Imports");
        group.MapPost("/", BeginAsync).WithSummary("Begin to upload a dump")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}", ViewAsync).WithSummary("How much of an upload is there").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{id:guid}", ContinueAsync).WithSummary("Add to an upload")
            .WithDescription($"The body is the file's bytes from the place that the header {OffsetHeader} names, which is where the upload ends (409 says where that is); as many as one likes. What came before a connection broke stays.")
            .Accepts<IFormFile>("application/octet-stream").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id:guid}", RemoveAsync).WithSummary("Remove an upload").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<UploadView>, ProblemHttpResult>> BeginAsync(
        NewUpload body, BeginUpload begin, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await begin.ExecuteAsync(body.Length, user.ToActor(), cancellationToken)).Succeeded(out var upload, out var refusal)
            ? TypedResults.Created($"{Api.Root}/uploads/{upload.Id}", upload)
            : Problems.Of(refusal);

    private static async Task<Results<Ok<UploadView>, ProblemHttpResult>> ViewAsync(
        Guid id, ContinueUpload uploads, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await uploads.ViewAsync(id, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<UploadView>, ProblemHttpResult>> ContinueAsync(
        Guid id, [FromHeader(Name = OffsetHeader)] long offset, HttpContext context, ContinueUpload uploads, CancellationToken cancellationToken)
    {
        // Bounded by the length that the upload was begun with.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        return Answer(await uploads.ExecuteAsync(id, offset, context.Request.Body, context.User.ToActor(), cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, ContinueUpload uploads, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await uploads.RemoveAsync(id, user.ToActor(), cancellationToken)).Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();

    private static Results<Ok<UploadView>, ProblemHttpResult> Answer(Outcome<UploadView> outcome) =>
        outcome.Succeeded(out var upload, out var refusal) ? TypedResults.Ok(upload) : Problems.Of(refusal);
}

/// <summary>An upload that is wanted, in JSON.</summary>
/// <param name="Length">How long the file is, in bytes.</param>
internal sealed record NewUpload(long? Length);
