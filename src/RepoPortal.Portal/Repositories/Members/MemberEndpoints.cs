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

/// <summary>Members behind REST.</summary>
internal static class MemberEndpoints
{
    internal static void MapMembers(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/members").WithTags("Members").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("Everyone with access of their own");
        group.MapPut("/{user}", SetAsync).WithSummary("Give somebody access, or change it")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{user}", RemoveAsync).WithSummary("End somebody's access")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<MemberResource[]>, ProblemHttpResult>> ListAsync(
        string name, ViewRepository view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await view.ExecuteAsync(name, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var repository, out var refusal)
            ? TypedResults.Ok(repository.Members.Select(MemberResource.Of).ToArray())
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<MemberResource>, ProblemHttpResult>> SetAsync(
        string name, string user, AccessBody body, SetMember set, ClaimsPrincipal principal, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!body.Read(time).Succeeded(out var grant, out var refusal))
            return Problems.Of(refusal);
        var outcome = await set.ExecuteAsync(name, user, grant, principal.ToActor(), cancellationToken);
        return outcome.Succeeded(out var member, out refusal) ? TypedResults.Ok(MemberResource.Of(member)) : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string name, string user, RemoveMember remove, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var outcome = await remove.ExecuteAsync(name, user, principal.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <summary>An access to be given, in JSON.</summary>
/// <param name="Access"><c>read</c>, <c>write</c> or <c>owner</c>.</param>
/// <param name="EndsAt">A moment in ISO 8601, or a date, which means its end in UTC; left out: no end.</param>
internal sealed record AccessBody(AccessLevel? Access, string? EndsAt)
{
    internal Outcome<NewGrant> Read(TimeProvider time)
    {
        if (Access is not { } access)
            return Refusal.Invalid("access", "Say which access: read, write or owner.");
        return EndDate.Read(EndsAt, time.GetUtcNow(), out var end) is { } refusal ? refusal : new NewGrant(access, end);
    }
}

/// <summary>A member in JSON.</summary>
internal sealed record MemberResource(
    string User, string DisplayName, UserKind Kind, AccessLevel Access, DateTimeOffset GrantedAt, DateTimeOffset? EndsAt)
{
    internal static MemberResource Of(MemberView member) =>
        new(member.User.Value, member.DisplayName, member.Kind, member.Access, member.GrantedAt, member.EndsAt);
}
