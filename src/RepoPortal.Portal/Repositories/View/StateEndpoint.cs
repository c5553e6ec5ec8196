using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.Repositories.View;

/// <summary>What a repository's page asks while the repository is being made.</summary>
internal static class StateEndpoint
{
    internal static void MapRepositoryState(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/r/{name}/state", async (string name, HttpContext context, ViewRepository view, CancellationToken cancellationToken) =>
        {
            var found = await view.ExecuteAsync(name, context.User.ToActor(), cancellationToken);
            return found.Succeeded(out var repository, out _) ? Results.Json(new { state = Spelling.Of(repository.State) }) : Results.NotFound();
        }).ExcludeFromDescription();
}
