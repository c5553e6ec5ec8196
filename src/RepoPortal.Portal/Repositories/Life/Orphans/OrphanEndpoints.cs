using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Life.Orphans;

/// <summary><c>/orphans</c>, for administrators. Somebody is made an owner as everywhere, by <c>PUT /repositories/{name}/members/{user}</c>.</summary>
internal static class OrphanEndpoints
{
    internal static void MapOrphans(this IEndpointRouteBuilder api) =>
        api.MapGet("/orphans", ListAsync).RequireAuthorization(Policies.Administrator).WithTags("Administration").WithSummary("Repositories without an active owner, and who could be it")
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<OrphanPageResource>, ProblemHttpResult>> ListAsync(
        int? page, ListOrphans list, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await list.ExecuteAsync(page ?? 1, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var found, out var refusal)
            ? TypedResults.Ok(new OrphanPageResource(found.Total, found.Repositories.Select(OrphanResource.Of)))
            : Problems.Of(refusal);
    }
}

/// <summary>Orphaned repositories in JSON, twenty to a page.</summary>
internal sealed record OrphanPageResource(int Total, IEnumerable<OrphanResource> Repositories);

/// <summary>An orphaned repository in JSON.</summary>
internal sealed record OrphanResource(string Name, string Description, IEnumerable<string> LastOwners, DateTimeOffset? LastCommitAt, IEnumerable<CandidateResource> Candidates)
{
    internal static OrphanResource Of(OrphanedRepository orphan) => new(
        orphan.Name.Value,
        orphan.Description,
        orphan.LastOwners.Select(owner => owner.Value),
        orphan.LastCommitAt,
        orphan.Candidates.Select(candidate => new CandidateResource(candidate.User.Value, candidate.DisplayName, candidate.Commits)));
}

/// <summary>Who could own an orphaned repository, in JSON.</summary>
internal sealed record CandidateResource(string User, string DisplayName, int Commits);
