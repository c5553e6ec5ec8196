using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.Groups;

/// <summary>Groups behind REST.</summary>
internal static class GroupEndpoints
{
    internal static void MapGroups(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/groups").WithTags("Groups");
        group.MapGet("/", ListAsync).WithSummary("My groups; every group for administrators");
        group.MapGet("/{group}", ViewAsync).WithSummary("One group").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{group}", SetAsync).WithSummary("Say who is in a group; makes it when it is not there")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{group}", DeleteAsync).WithSummary("Delete a group that no repository names")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<GroupLineResource[]>> ListAsync(ListGroups list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok((await list.ExecuteAsync(user.ToActor(), cancellationToken)).Select(GroupLineResource.Of).ToArray());

    private static async Task<Results<Ok<GroupResource>, ProblemHttpResult>> ViewAsync(
        string group, ViewGroup view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await view.ExecuteAsync(group, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var found, out var refusal) ? TypedResults.Ok(GroupResource.Of(found)) : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<GroupResource>, Created<GroupResource>, ProblemHttpResult>> SetAsync(
        string group, GroupBody body, ChangeGroup change, CreateGroup create, ViewGroup view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var actor = user.ToActor();
        var changed = await change.ExecuteAsync(group, new GroupChange(body.Members, body.Owners, body.Description), actor, cancellationToken);
        if (changed.Refusal is { Kind: RefusalKind.NotFound })
        {
            var created = await create.ExecuteAsync(new NewGroup(group, body.Description, body.Members, body.Owners), actor, cancellationToken);
            return created.Succeeded(out var made, out var kept)
                ? TypedResults.Created($"{Api.Root}/groups/{made.Name}", GroupResource.Of(made))
                : Problems.Of(kept);
        }

        if (changed.Refusal is { } refusal)
            return Problems.Of(refusal);
        var outcome = await view.ExecuteAsync(group, actor, cancellationToken);
        return outcome.Succeeded(out var found, out refusal) ? TypedResults.Ok(GroupResource.Of(found)) : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string group, DeleteGroup delete, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await delete.ExecuteAsync(group, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <summary>What a group is to be, in JSON; what is left out stays as it is, or begins with whoever makes the group.</summary>
/// <param name="Members">The user names of all members.</param>
/// <param name="Owners">The user names of all who decide about the group.</param>
/// <param name="Description">What it is for, in one line.</param>
internal sealed record GroupBody(IReadOnlyList<string>? Members, IReadOnlyList<string>? Owners, string? Description);

/// <summary>A line of a list of groups in JSON.</summary>
internal sealed record GroupLineResource(string Name, string Description, string? Provider, int MemberCount, bool IsMember, bool IsOwner)
{
    internal static GroupLineResource Of(GroupLine line) => new(line.Name.Value, line.Description, line.Provider, line.Members, line.IsMember, line.IsOwner);
}

/// <summary>A group in JSON.</summary>
internal sealed record GroupResource(
    string Name, string Description, string? Provider, IEnumerable<string> Members, IEnumerable<string> Owners, IEnumerable<GroupUseResource> Repositories)
{
    internal static GroupResource Of(GroupView view) => new(
        view.Name.Value,
        view.Description,
        view.Provider,
        view.Members.Select(person => person.Name.Value).Order(StringComparer.Ordinal),
        view.Owners.Select(person => person.Name.Value).Order(StringComparer.Ordinal),
        view.Uses.Select(use => new GroupUseResource(use.Repository.Value, use.Access)));
}

/// <summary>A repository that names a group, in JSON; access is null when only path rules name it.</summary>
internal sealed record GroupUseResource(string Name, AccessLevel? Access);
