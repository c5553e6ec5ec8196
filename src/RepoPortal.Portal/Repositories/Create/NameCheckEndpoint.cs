using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>What the page for a new repository asks while the name is being typed.</summary>
internal static class NameCheckEndpoint
{
    internal static void MapNameCheck(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/new/check", async (string? name, CheckName check, CancellationToken cancellationToken) =>
        {
            var answer = await check.ExecuteAsync(name, cancellationToken);
            return Results.Json(new { free = answer.IsFree, sentence = answer.Sentence });
        }).RequireAuthorization().ExcludeFromDescription();
}
