using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>Messages of revisions behind REST.</summary>
internal static class MessageEndpoints
{
    internal static void MapMessages(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/revisions/{revision:long}/message").WithTags("Repositories")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", ViewAsync).WithSummary("The message of a revision, and its corrections");
        group.MapPut("/", CorrectAsync).WithSummary("Correct the message of a revision, as its author or an owner of the repository")
            .WithDescription("Send the message that you have read as 'expected': when the revision has another one meanwhile, nothing is changed and the answer is 409.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<MessageResource>, ProblemHttpResult>> ViewAsync(
        string name, long revision, ViewMessage view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await view.ExecuteAsync(name, revision, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<MessageResource>, ProblemHttpResult>> CorrectAsync(
        string name, long revision, MessageBody body, CorrectMessage correct, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await correct.ExecuteAsync(
            name, revision, body.Message, body.Expected is { } expected ? MessageRules.MarkOf(expected) : null, user.ToActor(), cancellationToken));

    private static Results<Ok<MessageResource>, ProblemHttpResult> Answer(Outcome<MessageView> outcome) =>
        outcome.Succeeded(out var message, out var refusal) ? TypedResults.Ok(MessageResource.Of(message)) : Problems.Of(refusal);
}

/// <summary>A message that is to be, in JSON.</summary>
/// <param name="Message">At most 20,000 characters.</param>
/// <param name="Expected">The message that is there; left out: whichever it is.</param>
internal sealed record MessageBody(string? Message, string? Expected = null);

/// <summary>A revision's message, in JSON.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Author">Who committed it.</param>
/// <param name="Message">The message as it is now.</param>
/// <param name="Corrections">Its corrections, the youngest first.</param>
internal sealed record MessageResource(long Revision, string? Author, string Message, IEnumerable<CorrectionResource> Corrections)
{
    internal static MessageResource Of(MessageView view) => new(
        view.Revision, view.Author, view.Message, view.Corrections.Select(correction => new CorrectionResource(correction.By.Value, correction.At, correction.Before)));
}

/// <summary>A correction, in JSON.</summary>
/// <param name="By">Who corrected the message.</param>
/// <param name="At">When.</param>
/// <param name="Before">The message from before; null for those who do not own the repository.</param>
internal sealed record CorrectionResource(string By, DateTimeOffset At, string? Before);
