using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Collaborators from elsewhere behind REST, and as a file for whoever is signed in on the pages.</summary>
internal static class CollaboratorEndpoints
{
    internal const string DownloadPath = "/collaborators/download";

    internal static void MapCollaborators(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/collaborators").WithTags("Collaborators").ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync).Produces(StatusCodes.Status200OK, contentType: CsvAnswers.MediaType)
            .WithSummary("Everyone from elsewhere across my repositories; with ?all=true, for administrators, all of them; with 'Accept: text/csv' as CSV");
        group.MapPost("/{user}/renew", RenewAsync).WithSummary("Let somebody in for another term")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{user}/end", EndAsync).WithSummary("End somebody's time now; what they were granted is kept").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The same list as a file, by the session's cookie.</summary>
    internal static void MapCollaboratorDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet(DownloadPath, async (bool? all, ListCollaborators list, HttpContext context) =>
        {
            var outcome = await list.ExecuteAsync(new CollaboratorRequest(all ?? false), context.User.ToActor(), context.RequestAborted);
            return outcome.Succeeded(out var found, out _) ? Csv(found, context.RequestAborted) : Results.Forbid();
        }).RequireAuthorization().ExcludeFromDescription();

    private static async Task<Results<Ok<CollaboratorResource[]>, PushStreamHttpResult, ProblemHttpResult>> ListAsync(
        bool? all, ListCollaborators list, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        var outcome = await list.ExecuteAsync(new CollaboratorRequest(all ?? false), user.ToActor(), cancellationToken);
        if (!outcome.Succeeded(out var found, out var refusal))
            return Problems.Of(refusal);
        return CsvAnswers.AreWanted(http) ? Csv(found, cancellationToken) : TypedResults.Ok(found.Select(CollaboratorResource.Of).ToArray());
    }

    private static async Task<Results<Ok<RenewedResource>, ProblemHttpResult>> RenewAsync(
        string user, RenewBody body, RenewCollaborator renew, ClaimsPrincipal principal, TimeProvider time, CancellationToken cancellationToken)
    {
        if (EndDate.Read(body.EndsAt, time.GetUtcNow(), out var end) is { } wrong)
            return Problems.Of(wrong);
        var outcome = await renew.ExecuteAsync(user, end, principal.ToActor(), cancellationToken);
        return outcome.Succeeded(out var endsAt, out var refusal) ? TypedResults.Ok(new RenewedResource(user, endsAt)) : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string user, EndCollaborator end, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var outcome = await end.ExecuteAsync(user, principal.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static PushStreamHttpResult Csv(IReadOnlyList<CollaboratorView> found, CancellationToken cancellationToken) => TypedResults.Stream(
        output => ExportCollaborators.WriteAsync(found, output, cancellationToken), CsvAnswers.ContentType, "collaborators.csv");
}

/// <summary>A new term in JSON.</summary>
/// <param name="EndsAt">A moment in ISO 8601, or a date, which means its end in UTC; left out: the usual term from now on.</param>
internal sealed record RenewBody(string? EndsAt);

/// <summary>Until when somebody is let in, in JSON.</summary>
internal sealed record RenewedResource(string User, DateTimeOffset EndsAt);

/// <summary>A collaborator from elsewhere in JSON.</summary>
internal sealed record CollaboratorResource(
    string User,
    string DisplayName,
    string Email,
    string Affiliation,
    bool Active,
    DateTimeOffset? EndsAt,
    DateTimeOffset? LastSeenAt,
    string? Sponsor,
    IEnumerable<CollaboratorAccessResource> Repositories)
{
    internal static CollaboratorResource Of(CollaboratorView view) => new(
        view.Person.Name.Value,
        view.Person.DisplayName,
        view.Person.Email,
        view.Affiliation,
        view.IsActive,
        view.EndsAt,
        view.LastSeenAt,
        view.Sponsor?.Value,
        view.Reaches.Select(reach => new CollaboratorAccessResource(reach.Repository.Value, reach.Access, reach.EndsAt)));
}

/// <summary>What a collaborator was granted, in JSON.</summary>
internal sealed record CollaboratorAccessResource(string Name, AccessLevel Access, DateTimeOffset? EndsAt);
