using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

/// <summary>One thing to many repositories, behind REST: first a preview, then its execution as a task.</summary>
internal static class BulkEndpoints
{
    internal static void MapBulk(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/admin/bulk").RequireAuthorization(Policies.Administrator).WithTags("Administration").ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("/", PreviewAsync).WithSummary("See what one thing would do to many repositories, named or filtered; nothing happens yet")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}", ViewAsync).WithSummary("What is, or was, done to each repository").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id:guid}/begin", BeginAsync).WithSummary("Do what the preview shows, as a task to follow").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>What the page asks while it goes on.</summary>
    internal static void MapBulkProgress(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/bulk/{id:guid}/progress", async (Guid id, HttpContext context, ViewTasks view, CancellationToken cancellationToken) =>
            (await view.FindAsync(id, context.User.ToActor(), cancellationToken)).Succeeded(out var task, out _)
                ? Results.Json(new { isOver = task.EndedAt is not null, value = task.Fraction, words = TaskWords.Of(task) })
                : Results.NotFound()).RequireAuthorization(Policies.Administrator).ExcludeFromDescription();

    private static async Task<Results<Created<BulkResource>, ProblemHttpResult>> PreviewAsync(
        BulkBody body, PreviewBulk preview, ViewBulk view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!body.ToWish().Succeeded(out var wish, out var refusal) || !body.ToSelection().Succeeded(out var selection, out refusal))
            return Problems.Of(refusal);
        if (!(await preview.ExecuteAsync(selection, wish, InventoryAddress.Page, user.ToActor(), cancellationToken)).Succeeded(out var id, out refusal))
            return Problems.Of(refusal);
        var made = await view.FindAsync(id, user.ToActor(), cancellationToken);
        return made.Succeeded(out var bulk, out refusal) ? TypedResults.Created($"{Api.Root}/admin/bulk/{id}", BulkResource.Of(bulk)) : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<BulkResource>, ProblemHttpResult>> ViewAsync(Guid id, ViewBulk view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var found = await view.FindAsync(id, user.ToActor(), cancellationToken);
        return found.Succeeded(out var bulk, out var refusal) ? TypedResults.Ok(BulkResource.Of(bulk)) : Problems.Of(refusal);
    }

    private static async Task<Results<Accepted<BulkResource>, ProblemHttpResult>> BeginAsync(
        Guid id, BeginBulk begin, ViewBulk view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if ((await begin.ExecuteAsync(id, user.ToActor(), cancellationToken)).Refusal is { } refused)
            return Problems.Of(refused);
        var found = await view.FindAsync(id, user.ToActor(), cancellationToken);
        return found.Succeeded(out var bulk, out var refusal) ? TypedResults.Accepted($"{Api.Root}/tasks/{id}", BulkResource.Of(bulk)) : Problems.Of(refusal);
    }
}

/// <summary>A bulk action that is wanted, in JSON.</summary>
/// <param name="Action">What is done to each.</param>
/// <param name="Tier">The tier's id, of <c>change-tier</c>.</param>
/// <param name="To">The new owner's user name, of <c>add-owner</c> and <c>hand-over</c>.</param>
/// <param name="From">The present owner's user name, of <c>hand-over</c>.</param>
/// <param name="Leave">True to end the present owner's access.</param>
/// <param name="Repositories">The repositories' names; left out: all that <paramref name="Filter"/> lets through.</param>
/// <param name="Filter">As the query of the inventory; left out when the repositories are named.</param>
internal sealed record BulkBody(BulkVerb? Action, string? Tier, string? To, string? From, bool? Leave, string[]? Repositories, InventoryQuery? Filter)
{
    internal Outcome<BulkWish> ToWish() =>
        Action is { } verb ? new BulkWish(verb, Tier, To, From, Leave ?? false) : Refusal.Invalid("action", $"Say what is to be done: one of {string.Join(", ", Spelling.All<BulkVerb>())}.");

    // Neither names nor a filter is a mistake, not everything there is.
    internal Outcome<BulkSelection> ToSelection()
    {
        if (Repositories is { } names)
            return new BulkSelection(names, InventoryFilter.None);
        if (Filter is null)
            return Refusal.Invalid("repositories", "Name the repositories, or give a filter; an empty one is for all of them.");
        return Filter.ToRequest().Succeeded(out var request, out var refusal) ? new BulkSelection(Names: null, request.Filter) : refusal;
    }
}

/// <summary>A bulk action in JSON.</summary>
/// <param name="Id">Its id; that of its task, too.</param>
/// <param name="State">drafted while it is a preview, then queued, running, done or failed.</param>
/// <param name="Outcome">What came of it; null before it is over.</param>
/// <param name="Repositories">Each repository, and what becomes of it.</param>
internal sealed record BulkResource(Guid Id, BulkVerb Action, TaskState State, string? Outcome, IEnumerable<BulkItemResource> Repositories)
{
    internal static BulkResource Of(BulkView view) => new(
        view.Task.Id, view.Wish.Verb, view.Task.State, view.Task.Sentence, view.Items.Select(item => new BulkItemResource(item.Name.Value, item.State, item.Sentence)));
}

/// <summary>A repository of a bulk action in JSON.</summary>
/// <param name="State">waiting, excluded, begun, done or failed.</param>
/// <param name="Sentence">What would be done, what was, or why not.</param>
internal sealed record BulkItemResource(string Name, BulkState State, string Sentence);
