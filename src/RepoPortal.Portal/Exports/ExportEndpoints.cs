using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Exports;

/// <summary>Exports behind REST, and their files for whoever is signed in on the pages, and for the command that has asked for one.</summary>
internal static class ExportEndpoints
{
    /// <summary>Where a command fetches its file.</summary>
    internal const string CommandPath = "/exports/file";

    /// <summary>The request header that carries the command's secret.</summary>
    internal const string KeyHeader = "X-RepoPortal-Export-Key";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    internal static void MapExports(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/exports").WithTags("Exports")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("The exports of a repository that are kept, or being made; for its owners");
        group.MapPost("/", AskAsync).WithSummary("Write a repository, or some of its revisions, into a file that is kept for some days")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Give an export up before its time, also while it is being made");
        group.MapMethods("/{id:guid}/file", Reading, DownloadAsync).WithSummary("The file of an export; parts of it by 'Range'")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status410Gone);
    }

    /// <summary>The same file by the session's cookie, and by a command's secret.</summary>
    internal static void MapExportDownload(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/r/{name}/exports/{id:guid}/file", Reading, DownloadAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet(CommandPath, async (HttpContext context, OpenExport open) =>
            Answer(await open.ExecuteAsync(context.Request.Headers[KeyHeader].ToString(), context.RequestAborted), context)).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<ExportResource[]>, ProblemHttpResult>> ListAsync(
        string name, ListExports list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await list.ExecuteAsync(name, user.ToActor(), cancellationToken)).Succeeded(out var exports, out var refusal)
            ? TypedResults.Ok(exports.Select(ExportResource.Of).ToArray())
            : Problems.Of(refusal);

    private static async Task<Results<Accepted<TaskResource>, ProblemHttpResult>> AskAsync(
        string name, ExportBody body, AskForExport ask, ViewTasks tasks, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var actor = user.ToActor();
        if (!(await ask.ExecuteAsync(name, body.ToRequest(), key: null, actor, cancellationToken)).Succeeded(out var id, out var refusal))
            return Problems.Of(refusal);
        return (await tasks.FindAsync(id, actor, cancellationToken)).Succeeded(out var task, out refusal)
            ? TypedResults.Accepted($"{Api.Root}/tasks/{id}", TaskResource.Of(task))
            : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, Guid id, DeleteExport delete, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await delete.ExecuteAsync(name, id, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<IResult> DownloadAsync(string name, Guid id, OpenExport open, HttpContext context) =>
        Answer(await open.ExecuteAsync(name, id, HttpMethods.IsGet(context.Request.Method), context.User.ToActor(), context.RequestAborted), context);

    private static IResult Answer(Outcome<ExportFile> outcome, HttpContext context)
    {
        if (!outcome.Succeeded(out var file, out var refusal))
            return Problems.Of(refusal);
        var export = file.Export;
        // RFC 9530: of the whole file, whichever part of it is sent.
        context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(export.Sha256!))}:";
        context.Response.Headers.CacheControl = "private, no-transform";
        return TypedResults.File(
            file.Content, export.ContentType, export.FileName, export.RequestedAt, new EntityTagHeaderValue($"\"{export.Sha256}\""), enableRangeProcessing: true);
    }
}

/// <summary>An export that is wanted, in JSON.</summary>
/// <param name="Form">dump (the default) or archive.</param>
/// <param name="Compression">gzip (the default) or zstd.</param>
/// <param name="From">The first revision; left out: from the beginning.</param>
/// <param name="Revision">The last revision; left out, with the time: the youngest.</param>
/// <param name="At">In place of a revision: the one that was the youngest at that moment.</param>
/// <param name="Incremental">Of a dump: the first revision only says what it changed, so that it can be loaded onto the one before.</param>
/// <param name="Deltas">Of a dump: contents as differences; smaller, and slower to make.</param>
internal sealed record ExportBody(
    ExportForm? Form, ExportCompression? Compression, long? From, long? Revision, DateTimeOffset? At, bool? Incremental, bool? Deltas)
{
    internal ExportRequest ToRequest() => new(
        Form ?? ExportForm.Dump, Compression ?? ExportCompression.Gzip, From, new RestorePoint(Revision, At), Incremental is true, Deltas is true);
}

/// <summary>An export in JSON.</summary>
/// <param name="Id">Its id, and that of the task that makes it.</param>
/// <param name="File">What the file is called.</param>
/// <param name="Form">dump or archive.</param>
/// <param name="From">Its first revision.</param>
/// <param name="Revision">Its last revision.</param>
/// <param name="Incremental">Whether it is to be loaded onto the revision before its first.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="SizeBytes">The file's length; null while it is being made.</param>
/// <param name="Sha256">The file's SHA-256 in hexadecimal digits; null while it is being made.</param>
/// <param name="KeptUntil">Until when it can be downloaded; null while it is being made.</param>
internal sealed record ExportResource(
    Guid Id,
    string File,
    ExportForm Form,
    long From,
    long Revision,
    bool Incremental,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    long? SizeBytes,
    string? Sha256,
    DateTimeOffset? KeptUntil)
{
    internal static ExportResource Of(Export export) => new(
        export.Id, export.FileName, export.Form, export.First, export.Last, export.Incremental, export.RequestedBy, export.RequestedAt, export.SizeBytes, export.Sha256, export.KeptUntil);
}
