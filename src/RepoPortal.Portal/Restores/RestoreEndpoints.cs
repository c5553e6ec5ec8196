using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>Restores behind REST.</summary>
internal static class RestoreEndpoints
{
    internal static void MapRestores(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/restores").WithTags("Restores")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("", RestoreAsync).WithSummary("Restore a repository as of a revision or a time: as a new one, or (administrators) in place").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/revision", FindAsync).WithSummary("Which revision a time means, before anything is restored as of it");
    }

    private static async Task<Results<Ok<FoundRevisionResource>, ProblemHttpResult>> FindAsync(
        string name, string? at, FindRestorePoint find, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await find.ExecuteAsync(name, at, user.ToActor(), cancellationToken)).Succeeded(out var found, out var refusal)
            ? TypedResults.Ok(new FoundRevisionResource(found.At, found.Revision, found.CommittedAt, found.Author))
            : Problems.Of(refusal);

    private static async Task<Results<Accepted<TaskResource>, ProblemHttpResult>> RestoreAsync(
        string name, RestoreBody body, RestoreBeside beside, RestoreInPlace inPlace, ViewTasks tasks, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (actor, point) = (user.ToActor(), new RestorePoint(body.Revision, body.At));
        if (body.InPlace is true && body.As is not null)
            return Problems.Of(Refusal.Invalid("as", "A restore in place has no new name."));
        var outcome = body.InPlace is true
            ? await inPlace.ExecuteAsync(name, point, body.GiveUpLater is true, actor, cancellationToken)
            : await beside.ExecuteAsync(name, point, body.As, actor, cancellationToken);
        if (!outcome.Succeeded(out var id, out var refusal))
            return Problems.Of(refusal);
        return (await tasks.FindAsync(id, actor, cancellationToken)).Succeeded(out var task, out refusal)
            ? TypedResults.Accepted($"{Api.Root}/tasks/{id}", TaskResource.Of(task))
            : Problems.Of(refusal);
    }
}

/// <summary>The revision that was the youngest at a moment, in JSON.</summary>
/// <param name="At">The moment.</param>
/// <param name="Revision">The revision.</param>
/// <param name="CommittedAt">When it was committed; null for revision 0.</param>
/// <param name="Author">Who committed it; null when nobody is named.</param>
internal sealed record FoundRevisionResource(DateTimeOffset At, long Revision, DateTimeOffset? CommittedAt, string? Author);

/// <summary>A restore that is wanted, in JSON.</summary>
/// <param name="Revision">The revision to end with; neither this nor a time: the youngest, or in place as far as the backup reaches.</param>
/// <param name="At">The revision that was the youngest at that moment.</param>
/// <param name="As">The name of the new repository.</param>
/// <param name="InPlace">In the place of the repository itself; administrators only.</param>
/// <param name="GiveUpLater">In place: the decision to lose the revisions after that point.</param>
internal sealed record RestoreBody(long? Revision, DateTimeOffset? At, string? As, bool? InPlace, bool? GiveUpLater);
