using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>The yearly question behind REST.</summary>
internal static class ConfirmationEndpoints
{
    internal static void MapConfirmations(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/confirmation").WithTags("Repositories")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ViewAsync).WithSummary("Whether owners are asked if a repository is still needed, and who has access and when they last used it");
        group.MapPost("/", ConfirmAsync).WithSummary("Say that a repository is still needed, on the right tier and with the right people").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/ask", AskAsync).RequireAuthorization(Policies.Administrator).WithSummary("Have the owners asked now").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ConfirmationResource>, ProblemHttpResult>> ViewAsync(
        string name, ViewConfirmation view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await view.ExecuteAsync(name, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var confirmation, out var refusal) ? TypedResults.Ok(ConfirmationResource.Of(confirmation)) : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(
        string name, ConfirmRepository confirm, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await confirm.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> AskAsync(
        string name, AskForConfirmation ask, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await ask.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static Results<NoContent, ProblemHttpResult> Answer(Outcome<Done> outcome) =>
        outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
}

/// <summary>How a repository stands with the yearly question, in JSON.</summary>
/// <param name="AskedAt">Since when owners are asked; null while they are not.</param>
/// <param name="Escalated">Whether administrators were told that nobody answers.</param>
/// <param name="ConfirmedAt">When somebody last said that all is right.</param>
/// <param name="ConfirmedBy">Who did.</param>
/// <param name="AskedNext">When they are asked next.</param>
/// <param name="People">Who has access.</param>
internal sealed record ConfirmationResource(
    DateTimeOffset? AskedAt, bool Escalated, DateTimeOffset? ConfirmedAt, string? ConfirmedBy, DateTimeOffset? AskedNext, IEnumerable<PersonWithAccessResource> People)
{
    internal static ConfirmationResource Of(ConfirmationView view) => new(
        view.AskedAt, view.IsEscalated, view.ConfirmedAt, view.ConfirmedBy, view.AskedNext, view.People.Select(PersonWithAccessResource.Of));
}

/// <summary>Somebody with access, in JSON.</summary>
/// <param name="LastUsedAt">When they last read or committed; null when that is not known.</param>
internal sealed record PersonWithAccessResource(string User, string DisplayName, UserKind Kind, AccessLevel Access, DateTimeOffset? LastUsedAt)
{
    internal static PersonWithAccessResource Of(PersonWithAccess person) => new(person.User.Value, person.DisplayName, person.Kind, person.Access, person.LastAt);
}
