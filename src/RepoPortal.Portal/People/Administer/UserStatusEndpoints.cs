using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.Administer;

/// <summary><c>/users/{name}/suspend</c> and <c>/resume</c>, for administrators.</summary>
internal static class UserStatusEndpoints
{
    internal static void MapUserStatus(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/users/{name}").RequireAuthorization(Policies.Administrator).WithTags("People")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/suspend", SuspendAsync).WithSummary("Suspend somebody")
            .WithDescription("Sessions and tokens are refused from now on, everywhere; what they have access to stays for the day they come back.");
        group.MapPost("/resume", ResumeAsync).WithSummary("Let somebody back in").WithDescription("With the access they had. They sign in anew; tokens work again.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SuspendAsync(
        string name, HttpContext context, SuspendUser suspend, CancellationToken cancellationToken) =>
        Answer(await suspend.SuspendAsync(name, context.User.ToActor(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> ResumeAsync(
        string name, HttpContext context, SuspendUser suspend, CancellationToken cancellationToken) =>
        Answer(await suspend.ResumeAsync(name, context.User.ToActor(), cancellationToken));

    private static Results<NoContent, ProblemHttpResult> Answer(Outcome<PersonView> outcome) =>
        outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
}
