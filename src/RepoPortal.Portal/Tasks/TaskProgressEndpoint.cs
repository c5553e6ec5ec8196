using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.Tasks;

/// <summary>What pages ask while a task goes on.</summary>
internal static class TaskProgressEndpoint
{
    internal static void MapTaskProgress(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/r/{name}/tasks/{id:guid}/progress", async (Guid id, HttpContext context, ViewTasks view, CancellationToken cancellationToken) =>
            (await view.FindAsync(id, context.User.ToActor(), cancellationToken)).Succeeded(out var task, out _)
                ? Results.Json(new { isOver = task.EndedAt is not null, value = task.Fraction, words = TaskWords.Of(task) })
                : Results.NotFound()).ExcludeFromDescription();
}
