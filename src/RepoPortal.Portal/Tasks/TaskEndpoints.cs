using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Tasks;

/// <summary>Long work behind REST.</summary>
internal static class TaskEndpoints
{
    internal static void MapTasks(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/tasks/{id:guid}").WithTags("Tasks").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", ViewAsync).WithSummary("How far long work is");
        group.MapPost("/cancel", CancelAsync).WithSummary("Give up an import or an export that is being made")
            .WithDescription("What is whole of an import is kept: it can be continued, served as it is, or deleted.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<TaskResource>, ProblemHttpResult>> ViewAsync(
        Guid id, ViewTasks view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await view.FindAsync(id, user.ToActor(), cancellationToken)).Succeeded(out var task, out var refusal)
            ? TypedResults.Ok(TaskResource.Of(task))
            : Problems.Of(refusal);

    private static async Task<Results<Ok<TaskResource>, ProblemHttpResult>> CancelAsync(
        Guid id, CancelTask cancel, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await cancel.ExecuteAsync(id, user.ToActor(), cancellationToken)).Succeeded(out var task, out var refusal)
            ? TypedResults.Ok(TaskResource.Of(task))
            : Problems.Of(refusal);
}

/// <summary>Long work in JSON.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Repository">The repository it is about.</param>
/// <param name="State">queued, running, done or failed.</param>
/// <param name="Phase">What is done at present.</param>
/// <param name="Progress">How much of the present phase is done, 0 to 1; null while nobody knows.</param>
/// <param name="Done">Revisions done in the present phase; of an import, bytes read.</param>
/// <param name="Total">Revisions of the present phase; null while nobody knows.</param>
/// <param name="Speed">Revisions a second, of an import bytes, as measured; null while nothing was measured.</param>
/// <param name="EstimateSeconds">How long the present phase still takes at that speed; null while nobody can say.</param>
/// <param name="EstimateErrorSeconds">How much later than first estimated it was over; null when it was never estimated.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Outcome">What came of it, or why it could not be done.</param>
internal sealed record TaskResource(
    Guid Id,
    TaskKind Kind,
    string? Repository,
    TaskState State,
    string Phase,
    double? Progress,
    long Done,
    long? Total,
    double? Speed,
    double? EstimateSeconds,
    double? EstimateErrorSeconds,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Outcome)
{
    internal static TaskResource Of(TaskView task) => new(
        task.Id,
        task.Kind,
        task.Repository?.Value,
        task.State,
        task.Phase,
        task.Fraction,
        task.Done,
        task.Total,
        task.Speed.PerSecond,
        task.Speed.Remaining?.TotalSeconds,
        task.EstimateError?.TotalSeconds,
        task.RequestedBy,
        task.RequestedAt,
        task.StartedAt,
        task.EndedAt,
        task.Sentence);
}
