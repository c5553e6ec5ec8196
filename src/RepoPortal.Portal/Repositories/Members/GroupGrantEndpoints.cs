using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Groups with access to a repository, behind REST.</summary>
internal static class GroupGrantEndpoints
{
    internal static void MapGroupGrants(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/groups").WithTags("Members").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("Every group with access");
        group.MapPut("/{group}", SetAsync).WithSummary("Give a group access, or change it")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{group}", RemoveAsync).WithSummary("End a group's access")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<GroupGrantResource[]>, ProblemHttpResult>> ListAsync(
        string name, ViewRepository view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await view.ExecuteAsync(name, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var repository, out var refusal)
            ? TypedResults.Ok(repository.Groups.Select(GroupGrantResource.Of).ToArray())
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<GroupGrantResource>, ProblemHttpResult>> SetAsync(
        string name, string group, AccessBody body, SetGroupGrant set, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!body.Read(time).Succeeded(out var grant, out var refusal))
            return Problems.Of(refusal);
        var outcome = await set.ExecuteAsync(name, group, grant, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var given, out refusal) ? TypedResults.Ok(GroupGrantResource.Of(given)) : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string name, string group, RemoveGroupGrant remove, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await remove.ExecuteAsync(name, group, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <summary>A group with access in JSON.</summary>
internal sealed record GroupGrantResource(string Group, int MemberCount, AccessLevel Access, DateTimeOffset GrantedAt, DateTimeOffset? EndsAt)
{
    internal static GroupGrantResource Of(GroupGrantView grant) => new(grant.Group.Value, grant.Members, grant.Access, grant.GrantedAt, grant.EndsAt);
}
