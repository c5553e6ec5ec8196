using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>Imports behind REST.</summary>
internal static class ImportEndpoints
{
    internal static void MapImports(this IEndpointRouteBuilder api)
    {
        api.MapPost("/imports", ImportAsync).WithTags("Imports").WithSummary("Make a repository with the history of another one")
            .WithDescription("Name either an upload that is complete, or the address of a repository's root on another server. 'authors' says which users authors are.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        var group = api.MapGroup("/repositories/{name}/import").WithTags("Imports")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/continue", ContinueAsync).WithSummary("Go on with an import that failed, from the same source or another one").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/keep", KeepAsync).WithSummary("Serve what is whole of an import that failed, without the rest");
    }

    private static async Task<Results<Accepted<TaskResource>, ProblemHttpResult>> ImportAsync(
        ImportBody body, ImportRepository import, ViewTasks tasks, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!ParseAuthors.Of(body.Authors ?? []).Succeeded(out var authors, out var refusal))
            return Problems.Of(refusal);
        var request = new CreateRepositoryBody(body.Name, body.Description, body.Tier, body.Visibility, null, body.Reason, body.Meanwhile).ToRequest();
        var source = new NewSource(body.Upload, body.Url, body.User, body.Password);
        return await AnswerAsync(await import.ExecuteAsync(request, source, authors, owner: null, user.ToActor(), cancellationToken), tasks, user, cancellationToken);
    }

    private static async Task<Results<Accepted<TaskResource>, ProblemHttpResult>> ContinueAsync(
        string name, ContinueBody body, ContinueImport import, ViewTasks tasks, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!ParseAuthors.Of(body.Authors ?? []).Succeeded(out var authors, out var refusal))
            return Problems.Of(refusal);
        var source = new NewSource(body.Upload, body.Url, body.User, body.Password);
        return await AnswerAsync(
            await import.ExecuteAsync(name, source, body.Authors is null ? null : authors, user.ToActor(), cancellationToken), tasks, user, cancellationToken);
    }

    private static async Task<Results<Accepted<TaskResource>, ProblemHttpResult>> KeepAsync(
        string name, ContinueImport import, ViewTasks tasks, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await AnswerAsync(await import.KeepAsync(name, user.ToActor(), cancellationToken), tasks, user, cancellationToken);

    private static async Task<Results<Accepted<TaskResource>, ProblemHttpResult>> AnswerAsync(
        Outcome<Guid> outcome, ViewTasks tasks, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!outcome.Succeeded(out var id, out var refusal))
            return Problems.Of(refusal);
        return (await tasks.FindAsync(id, user.ToActor(), cancellationToken)).Succeeded(out var task, out refusal)
            ? TypedResults.Accepted($"{Api.Root}/tasks/{id}", TaskResource.Of(task))
            : Problems.Of(refusal);
    }
}

/// <summary>An import that is wanted, in JSON.</summary>
/// <param name="Name">The new repository's name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Tier">A tier's id; left out: <c>standard</c>.</param>
/// <param name="Visibility">Left out: <c>private</c>.</param>
/// <param name="Reason">Why that tier, when an administrator must approve it.</param>
/// <param name="Meanwhile">The tier until that is decided.</param>
/// <param name="Upload">An upload of yours that is complete.</param>
/// <param name="Url">The address of a repository's root on another server: https, http or svn.</param>
/// <param name="User">Who reads it there.</param>
/// <param name="Password">Their password, which is used for this import and written down nowhere.</param>
/// <param name="Authors">User names by authors: <c>{"jdoe":"john"}</c>.</param>
internal sealed record ImportBody(
    string? Name,
    string? Description,
    string? Tier,
    Visibility? Visibility,
    string? Reason,
    string? Meanwhile,
    Guid? Upload,
    string? Url,
    string? User,
    string? Password,
    Dictionary<string, string>? Authors);

/// <summary>How an import goes on, in JSON; what is left out stays as it was, except for the password.</summary>
/// <param name="Upload">Another upload.</param>
/// <param name="Url">Another address.</param>
/// <param name="User">Who reads it there.</param>
/// <param name="Password">Their password.</param>
/// <param name="Authors">User names by authors, from here on.</param>
internal sealed record ContinueBody(Guid? Upload, string? Url, string? User, string? Password, Dictionary<string, string>? Authors);
