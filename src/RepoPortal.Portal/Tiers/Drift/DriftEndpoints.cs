using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Outgrown tiers, and repositories that nobody uses, behind REST.</summary>
internal static class DriftEndpoints
{
    internal static void MapDrift(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/drift").WithTags("Tiers")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("What was proposed because the repository is used for more than its tier is meant for, or not at all, the latest first");
        group.MapPost("/{id:guid}/accept", AcceptAsync).WithSummary("Take the tier that is proposed, or ask for it where an administrator must approve; or archive the repository, where that is proposed")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/decline", DeclineAsync).WithSummary("Say why it is to stay as it is; not proposed again for a year, or until what was measured has doubled")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/remind", RemindAsync).WithSummary("Have it brought up again in 30 days").ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/admin/drift", ListAllAsync).RequireAuthorization(Policies.Administrator).WithTags("Tiers").ProducesProblem(StatusCodes.Status403Forbidden)
            .WithSummary("What is proposed for all repositories, the latest first; with ?answered=true what is over");
    }

    private static async Task<Results<Ok<DriftResource[]>, ProblemHttpResult>> ListAsync(
        string name, ListDrift list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await list.OfRepositoryAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<DriftResource[]>, ProblemHttpResult>> ListAllAsync(
        bool? answered, ListDrift list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await list.OfEverybodyAsync(answered is not true, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<TierRequestResource>, NoContent, ProblemHttpResult>> AcceptAsync(
        string name, Guid id, AnswerDrift answer, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await answer.AcceptAsync(name, id, user.ToActor(), cancellationToken);
        if (!outcome.Succeeded(out var taken, out var refusal))
            return Problems.Of(refusal);
        return taken.Request is { } request ? TypedResults.Ok(TierRequestResource.Of(request)) : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeclineAsync(
        string name, Guid id, DriftAnswerBody body, AnswerDrift answer, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await answer.DeclineAsync(name, id, body.Reason, user.ToActor(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> RemindAsync(
        string name, Guid id, AnswerDrift answer, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await answer.RemindAsync(name, id, user.ToActor(), cancellationToken));

    private static Results<NoContent, ProblemHttpResult> Answer(Outcome<Done> outcome) =>
        outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();

    private static Results<Ok<DriftResource[]>, ProblemHttpResult> Answer(Outcome<IReadOnlyList<DriftView>> outcome) =>
        outcome.Succeeded(out var proposals, out var refusal) ? TypedResults.Ok(proposals.Select(DriftResource.Of).ToArray()) : Problems.Of(refusal);
}

/// <summary>Why a proposal is declined, in JSON.</summary>
internal sealed record DriftAnswerBody(string? Reason);

/// <summary>A proposal in JSON.</summary>
/// <param name="Proposes"><c>tier</c> or <c>archive</c>.</param>
/// <param name="Measured">How it was used in the thirty days before.</param>
internal sealed record DriftResource(
    Guid Id,
    string Repository,
    string From,
    string To,
    string Proposes,
    string Sentence,
    MeasuredUse Measured,
    DateTimeOffset FoundAt,
    DriftState State,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt,
    string? Reason,
    DateTimeOffset? RemindAt)
{
    internal static DriftResource Of(DriftView view) => new(
        view.Id,
        view.Repository.Value,
        view.From,
        view.To,
        view.IsArchiving ? "archive" : "tier",
        view.Sentence,
        view.Measured,
        view.FoundAt,
        view.State,
        view.AnsweredBy,
        view.AnsweredAt,
        view.Reason,
        view.RemindAt);
}
