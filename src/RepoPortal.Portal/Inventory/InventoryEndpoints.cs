using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Inventory;

/// <summary>The inventory behind REST.</summary>
internal static class InventoryEndpoints
{
    internal static void MapInventory(this IEndpointRouteBuilder api) =>
        api.MapGet("/admin/repositories", ListAsync)
            .RequireAuthorization(Policies.Administrator)
            .Produces(StatusCodes.Status200OK, contentType: CsvAnswers.MediaType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithTags("Inventory")
            .WithSummary("Every repository, as JSON by pages or, with 'Accept: text/csv', all of them as CSV");

    private static async Task<Results<Ok<InventoryResource>, PushStreamHttpResult, ProblemHttpResult>> ListAsync(
        [AsParameters] InventoryQuery query,
        ListInventory list,
        ExportInventory export,
        ClaimsPrincipal user,
        HttpRequest http,
        CancellationToken cancellationToken)
    {
        if (!query.ToRequest().Succeeded(out var request, out var refusal))
            return Problems.Of(refusal);
        if (CsvAnswers.AreWanted(http))
        {
            return TypedResults.Stream(
                output => export.ExecuteAsync(request, user.ToActor(), output, cancellationToken), CsvAnswers.ContentType, "repositories.csv");
        }

        var outcome = await list.ExecuteAsync(request, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var page, out refusal) ? TypedResults.Ok(InventoryResource.Of(page)) : Problems.Of(refusal);
    }
}

/// <summary>A page of the inventory in JSON.</summary>
/// <param name="Items">The repositories.</param>
/// <param name="Total">How many there are in all that the filter lets through.</param>
/// <param name="Next">The cursor of the page after; null on the last.</param>
/// <param name="Previous">The cursor of the page before; null on the first.</param>
internal sealed record InventoryResource(IEnumerable<InventoryItem> Items, long Total, string? Next, string? Previous)
{
    internal static InventoryResource Of(InventoryPage page) => new(page.Rows.Select(InventoryItem.Of), page.Total, page.Next, page.Previous);
}

/// <summary>A repository of the inventory in JSON.</summary>
internal sealed record InventoryItem(
    string Name,
    string Description,
    IReadOnlyList<string> Owners,
    string Tier,
    Visibility Visibility,
    RepositoryState State,
    string? Node,
    long Youngest,
    long SizeBytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastCommitAt,
    string? LastCommitAuthor,
    int Members,
    int ExternalMembers,
    DateTimeOffset? ArchivedAt)
{
    internal static InventoryItem Of(InventoryRow row) => new(
        row.Name.Value,
        row.Description,
        row.Owners,
        row.Tier,
        row.Visibility,
        row.State,
        row.Node,
        row.Youngest,
        row.SizeBytes,
        row.CreatedAt,
        row.LastCommitAt,
        row.LastCommitAuthor,
        row.Members,
        row.ExternalMembers,
        row.ArchivedAt);
}
