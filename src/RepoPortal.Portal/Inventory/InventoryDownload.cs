using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.Inventory;

/// <summary>The inventory as CSV for whoever is signed in on the pages; the API has it for those with a token.</summary>
internal static class InventoryDownload
{
    internal static void MapInventoryDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet(InventoryAddress.Csv, ([AsParameters] InventoryQuery query, HttpContext context, ExportInventory export) =>
            query.ToRequest().Succeeded(out var request, out _)
                ? Results.Stream(output => export.ExecuteAsync(request, context.User.ToActor(), output, context.RequestAborted), "text/csv; charset=utf-8", "repositories.csv")
                : Results.BadRequest())
            .RequireAuthorization(Policies.Administrator)
            .ExcludeFromDescription();
}
