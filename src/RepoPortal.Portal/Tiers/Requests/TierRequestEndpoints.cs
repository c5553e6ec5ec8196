using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>Asking for another tier behind REST.</summary>
internal static class TierRequestEndpoints
{
    internal static void MapTierRequests(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/tier-requests").WithTags("Tiers")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("Who asked for which tier, the latest first");
        group.MapPost("/", AskAsync).WithSummary("Put a repository on another tier, or ask an administrator to")
            .WithDescription("A tier that needs no approval is the repository's at once, and the answer's state says so; of another one the state is 'open' until an administrator decides.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/withdraw", WithdrawAsync).WithSummary("Take a request back").ProducesProblem(StatusCodes.Status409Conflict);

        var queue = api.MapGroup("/admin/tier-requests").RequireAuthorization(Policies.Administrator).WithTags("Tiers").ProducesProblem(StatusCodes.Status403Forbidden);
        queue.MapGet("/", ListAllAsync).WithSummary("What waits for an administrator, the oldest first; with ?decided=true what was decided, the latest first");
        queue.MapPost("/{id:guid}/approve", ApproveAsync).WithSummary("Put the repository on the tier that was asked for")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        queue.MapPost("/{id:guid}/decline", DeclineAsync).WithSummary("Say no, with a sentence for the owners")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<TierRequestResource[]>, ProblemHttpResult>> ListAsync(
        string name, ListTierRequests list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await list.OfRepositoryAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Created<TierRequestResource>, ProblemHttpResult>> AskAsync(
        string name, TierRequestBody body, RequestTier request, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (body.Tier is null)
            return Problems.Of(Refusal.Invalid("tier", "Say which tier."));
        var outcome = await request.ExecuteAsync(name, body.Tier, body.Reason, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var asked, out var refusal)
            ? TypedResults.Created($"{Api.Root}/repositories/{asked.Repository}/tier-requests", TierRequestResource.Of(asked))
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<TierRequestResource>, ProblemHttpResult>> WithdrawAsync(
        string name, Guid id, DecideTierRequest decide, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await decide.WithdrawAsync(name, id, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<TierRequestResource[]>, ProblemHttpResult>> ListAllAsync(
        bool? decided, ListTierRequests list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await list.OfEverybodyAsync(decided is not true, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<TierRequestResource>, ProblemHttpResult>> ApproveAsync(
        Guid id, DecisionBody body, DecideTierRequest decide, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await decide.ApproveAsync(id, body.Sentence, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<TierRequestResource>, ProblemHttpResult>> DeclineAsync(
        Guid id, DecisionBody body, DecideTierRequest decide, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await decide.DeclineAsync(id, body.Sentence, user.ToActor(), cancellationToken));

    private static Results<Ok<TierRequestResource>, ProblemHttpResult> Answer(Outcome<TierRequestView> outcome) =>
        outcome.Succeeded(out var request, out var refusal) ? TypedResults.Ok(TierRequestResource.Of(request)) : Problems.Of(refusal);

    private static Results<Ok<TierRequestResource[]>, ProblemHttpResult> Answer(Outcome<IReadOnlyList<TierRequestView>> outcome) =>
        outcome.Succeeded(out var requests, out var refusal) ? TypedResults.Ok(requests.Select(TierRequestResource.Of).ToArray()) : Problems.Of(refusal);
}

/// <summary>A tier that is asked for, in JSON.</summary>
/// <param name="Tier">The tier's id.</param>
/// <param name="Reason">Why; needed when an administrator must approve.</param>
internal sealed record TierRequestBody(string? Tier, string? Reason);

/// <summary>A decision in JSON.</summary>
/// <param name="Sentence">What the owners are told; needed to decline.</param>
internal sealed record DecisionBody(string? Sentence);

/// <summary>A request in JSON.</summary>
internal sealed record TierRequestResource(
    Guid Id,
    string Repository,
    string From,
    string To,
    string Reason,
    string AskedBy,
    DateTimeOffset AskedAt,
    TierRequestState State,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Sentence,
    DateTimeOffset? EffectiveAt)
{
    internal static TierRequestResource Of(TierRequestView view) => new(
        view.Id,
        view.Repository.Value,
        view.From,
        view.To,
        view.Reason,
        view.AskedBy,
        view.AskedAt,
        view.State,
        view.DecidedBy,
        view.DecidedAt,
        view.Sentence,
        view.EffectiveAt);
}
