using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Audit;

/// <summary>The audit behind REST, and as downloads for whoever is signed in on the pages.</summary>
internal static class AuditEndpoints
{
    internal static void MapAudit(this IEndpointRouteBuilder api)
    {
        Describe(api.MapGet("/admin/audit", ListAsync)).RequireAuthorization(Policies.Administrator)
            .WithSummary("Who did what, the latest first; as CSV or JSON Lines all of it, the oldest first");
        Describe(api.MapGet("/repositories/{name}/audit", (string name, [AsParameters] AuditQuery query, ListAudit list, ExportAudit export, HttpContext context) =>
            ListAsync(query with { Repository = name }, list, export, context))).WithSummary("Who did what with one repository; for its owners");
    }

    /// <summary>The same as files, by the session's cookie.</summary>
    internal static void MapAuditDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit/download", ListAsync).RequireAuthorization().ExcludeFromDescription();

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .Produces<AuditPageResource>()
        .Produces(StatusCodes.Status200OK, contentType: AuditFormats.Csv)
        .Produces(StatusCodes.Status200OK, contentType: AuditFormats.JsonLines)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .WithTags("Audit");

    private static async Task<IResult> ListAsync([AsParameters] AuditQuery query, ListAudit list, ExportAudit export, HttpContext context)
    {
        var (actor, cancellationToken) = (context.User.ToActor(), context.RequestAborted);
        if (!query.ToRequest().Succeeded(out var request, out var refusal))
            return Problems.Of(refusal);
        if (!AuditFormats.TryChoose(query.Format, context.Request, out var format))
            return Problems.Of(Refusal.Invalid("format", $"'{query.Format}' is not one of json, csv, jsonl."));
        if (format == AuditFormats.Json)
        {
            var outcome = await list.ExecuteAsync(request, actor, cancellationToken);
            return outcome.Succeeded(out var page, out refusal) ? TypedResults.Ok(AuditPageResource.Of(page)) : Problems.Of(refusal);
        }

        if (await export.RefuseAsync(request, actor, cancellationToken) is { } refused)
            return Problems.Of(refused);
        return format == AuditFormats.Csv
            ? TypedResults.Stream(output => export.WriteCsvAsync(request, output, cancellationToken), $"{format}; charset=utf-8", "audit.csv")
            : TypedResults.Stream(output => export.WriteJsonLinesAsync(request, output, cancellationToken), $"{format}; charset=utf-8", "audit.jsonl");
    }
}

/// <summary>A page of the audit in JSON.</summary>
/// <param name="Items">The entries, the latest first.</param>
/// <param name="Next">The cursor of the page after; null on the last.</param>
internal sealed record AuditPageResource(IEnumerable<AuditResource> Items, string? Next)
{
    internal static AuditPageResource Of(AuditPageRows page) =>
        new(page.Rows.Select(AuditResource.Of), page.Next?.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>An entry of the audit in JSON.</summary>
/// <param name="Id">Its number; they have no gaps.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To whom or what.</param>
/// <param name="Repository">The repository it concerns.</param>
/// <param name="Detail">Particulars.</param>
/// <param name="EffectiveAt">For a change of access: when no request was decided by the state before it any more.</param>
/// <param name="PreviousHash">The hash of the entry before, in hexadecimal.</param>
/// <param name="Hash">The entry's own hash.</param>
internal sealed record AuditResource(
    long Id,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Subject,
    string? Repository,
    JsonElement Detail,
    DateTimeOffset? EffectiveAt,
    string PreviousHash,
    string Hash)
{
    internal static AuditResource Of(AuditRow row) => new(
        row.Entry.Id,
        row.Entry.At,
        row.Entry.ActorName,
        row.Entry.Action,
        row.Entry.Subject,
        row.Repository?.Value,
        JsonElement.Parse(row.Entry.Detail),
        row.EffectiveAt,
        Convert.ToHexStringLower(row.Entry.PreviousHash),
        Convert.ToHexStringLower(row.Entry.Hash));
}
