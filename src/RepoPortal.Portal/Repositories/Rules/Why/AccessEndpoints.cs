using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Rules.Why;

/// <summary>Who may do what with a path, and why, behind REST.</summary>
internal static class AccessEndpoints
{
    internal static void MapAccess(this IEndpointRouteBuilder api) =>
        api.MapGet("/repositories/{name}/access", AnswerAsync).WithTags("Path rules")
            .WithSummary("What somebody may do with a path, and why; with everyone=true who may do what with it")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<AccessResource>, Ok<ReachResource>, ProblemHttpResult>> AnswerAsync(
        string name, string? user, string? path, bool? everyone, ExplainAccess explain, ListReach list, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (everyone is true)
        {
            var listed = await list.ExecuteAsync(name, path, principal.ToActor(), cancellationToken);
            return listed.Succeeded(out var reach, out var unlisted) ? TypedResults.Ok(ReachResource.Of(reach)) : Problems.Of(unlisted);
        }

        var explained = await explain.ExecuteAsync(name, user, path, principal.ToActor(), cancellationToken);
        return explained.Succeeded(out var answer, out var refusal)
            ? TypedResults.Ok(new AccessResource(answer.User?.Value, answer.Path, answer.Access, answer.Because))
            : Problems.Of(refusal);
    }
}

/// <summary>What somebody may do with a path, in JSON; <c>user</c> is null for a visitor without credentials.</summary>
internal sealed record AccessResource(string? User, string Path, PathAccess Access, IReadOnlyList<Reason> Because);

/// <summary>Who may do what with a path, in JSON.</summary>
internal sealed record ReachResource(string Path, PersonReachResource[] People, PathAccess SignedIn, PathAccess Anyone)
{
    internal static ReachResource Of(PathReach reach) => new(
        reach.Path,
        [.. reach.People.Select(person => new PersonReachResource(person.User.Value, person.DisplayName, person.Access, person.IsActive))],
        reach.SignedIn,
        reach.Anyone);
}

/// <summary>What one person may do with it, in JSON.</summary>
internal sealed record PersonReachResource(string User, string DisplayName, PathAccess Access, bool IsActive);
