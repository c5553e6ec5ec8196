using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Life.Orphans;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Life.Leaving;

/// <summary><c>/users/{name}/sole-ownerships</c> and <c>/hand-over</c>: for administrators, and for whoever leaves.</summary>
internal static class LeavingEndpoints
{
    internal static void MapLeaving(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/users/{name}").WithTags("People").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/sole-ownerships", ViewAsync).WithSummary("What somebody alone owns, and who could own it");
        group.MapPost("/hand-over", HandOverAsync).WithSummary("Hand over what somebody alone owns, and suspend them if that is wanted")
            .WithDescription("Nothing is done before all of it is known to be possible; a refusal names the field 'heir-' with the repository's name. Sent again after a crash in the middle, it does the rest.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<LeftRepositoryResource[]>, ProblemHttpResult>> ViewAsync(
        string name, ViewLeaving view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await view.ExecuteAsync(name, user.ToActor(), cancellationToken)).Succeeded(out var leaving, out var refusal)
            ? TypedResults.Ok(leaving.Repositories.Select(LeftRepositoryResource.Of).ToArray())
            : Problems.Of(refusal);

    private static async Task<Results<Ok<HandedOverResource>, ProblemHttpResult>> HandOverAsync(
        string name, HandOverBody body, HandOverAll handOver, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var heirs = new Dictionary<RepositoryName, string>();
        foreach (var (repository, heir) in body.Heirs ?? [])
        {
            if (!RepositoryName.TryParse(repository, out var parsed, out var sentence))
                return Problems.Of(Refusal.Invalid("heirs", sentence));
            heirs[parsed] = heir;
        }

        var handed = await handOver.ExecuteAsync(name, new HandOver(heirs, body.Leave, body.Suspend), user.ToActor(), cancellationToken);
        return handed.Succeeded(out var count, out var refusal) ? TypedResults.Ok(new HandedOverResource(count)) : Problems.Of(refusal);
    }
}

/// <summary>A repository that would have no owner, in JSON.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="IsOwnGrant">Whether they own it by themselves, and not through a group.</param>
/// <param name="Candidates">Who could own it: the most active committers first, then whoever may write.</param>
internal sealed record LeftRepositoryResource(string Name, string Description, bool IsOwnGrant, IEnumerable<CandidateResource> Candidates)
{
    internal static LeftRepositoryResource Of(LeftRepository left) => new(
        left.Name.Value,
        left.Description,
        left.IsOwnGrant,
        left.Candidates.Select(candidate => new CandidateResource(candidate.User.Value, candidate.DisplayName, candidate.Commits)));
}

/// <summary>Who gets what somebody alone owns, in JSON.</summary>
/// <param name="Heirs">The new owner's user name by repository; one that is not named is left without an owner, of which administrators are told.</param>
/// <param name="Leave">True to end the access that the person who leaves has to them; left out: they may still write.</param>
/// <param name="Suspend">True to suspend the person afterwards; administrators only.</param>
internal sealed record HandOverBody(Dictionary<string, string>? Heirs, bool Leave = false, bool Suspend = false);

/// <summary>What was handed over, in JSON.</summary>
/// <param name="Repositories">How many repositories have another owner now.</param>
internal sealed record HandedOverResource(int Repositories);
