using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.Settings;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories;

/// <summary>Repositories behind REST.</summary>
internal static class RepositoryEndpoints
{
    internal static void MapRepositories(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories").WithTags("Repositories");
        group.MapGet("/", ListAsync).WithSummary("My repositories");
        group.MapPost("/", CreateAsync).WithSummary("Create a repository")
            .WithDescription(
                "A tier that an administrator must approve is asked for: say why in 'reason'. The repository is made at once with the tier named in 'meanwhile', or the strongest "
                + "that you may have without asking, and 'requestedTier' names the one that was asked for. A tier that only administrators choose is refused with 403.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{name}", ViewAsync).WithSummary("One repository").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{name}", ChangeAsync).WithSummary("Change description or visibility").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/retry", RetryAsync).WithSummary("Try again to create a repository that failed").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<MyRepositoryResource[]>> ListAsync(
        ListMyRepositories list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok((await list.ExecuteAsync(user.ToActor(), cancellationToken)).Select(MyRepositoryResource.Of).ToArray());

    private static async Task<Results<Created<RepositoryResource>, ProblemHttpResult>> CreateAsync(
        CreateRepositoryBody body, CreateRepository create, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await create.ExecuteAsync(body.ToRequest(), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var repository, out var refusal)
            ? TypedResults.Created($"{Api.Root}/repositories/{repository.Name}", RepositoryResource.Of(repository))
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> ViewAsync(
        string name, ViewRepository view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await view.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> ChangeAsync(
        string name, RepositorySettings body, ChangeSettings change, ViewRepository view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await change.ExecuteAsync(name, body, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : Answer(await view.ExecuteAsync(name, user.ToActor(), cancellationToken));
    }

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> RetryAsync(
        string name, RetryRepository retry, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await retry.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static Results<Ok<RepositoryResource>, ProblemHttpResult> Answer(Outcome<RepositoryView> outcome) =>
        outcome.Succeeded(out var repository, out var refusal) ? TypedResults.Ok(RepositoryResource.Of(repository)) : Problems.Of(refusal);
}

/// <summary>A repository that is wanted, in JSON.</summary>
/// <param name="Name">2 to 64 characters out of a-z 0-9 - _ . that start with a letter or a digit.</param>
/// <param name="Description">What it is for, in one line.</param>
/// <param name="Tier">A tier's id; left out: <c>standard</c>.</param>
/// <param name="Visibility">Left out: <c>private</c>.</param>
/// <param name="Layout">Left out: <c>empty</c>.</param>
/// <param name="Reason">Why that tier; needed when an administrator must approve it.</param>
/// <param name="Meanwhile">The tier until that is decided; left out: the strongest that needs no approval.</param>
internal sealed record CreateRepositoryBody(
    string? Name, string? Description, string? Tier, Visibility? Visibility, RepositoryLayout? Layout, string? Reason, string? Meanwhile)
{
    private const string DefaultTier = "standard";

    internal NewRepository ToRequest() => new(
        Name ?? "", Description, Tier ?? DefaultTier, Visibility ?? Contracts.Repositories.Visibility.Private, Layout ?? RepositoryLayout.Empty, Reason, Meanwhile);
}

/// <summary>A line of one's own list in JSON.</summary>
internal sealed record MyRepositoryResource(
    string Name,
    string Description,
    RepositoryState State,
    string Tier,
    Visibility Visibility,
    AccessLevel Access,
    string SvnUrl,
    long Youngest,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastCommitAt)
{
    internal static MyRepositoryResource Of(MyRepository row) => new(
        row.Name.Value, row.Description, row.State, row.TierId, row.Visibility, row.Access, row.SvnUrl, row.Youngest, row.CreatedAt, row.LastCommitAt);
}

/// <summary>A repository in JSON.</summary>
internal sealed record RepositoryResource(
    string Name,
    string Description,
    RepositoryState State,
    string? FailureReason,
    string Tier,
    string? RequestedTier,
    Visibility Visibility,
    RepositoryLayout Layout,
    IEnumerable<string> Owners,
    string SvnUrl,
    string? Node,
    long Youngest,
    long? SizeBytes,
    long? QuotaBytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastCommitAt,
    string? LastCommitAuthor,
    AccessLevel Access,
    IEnumerable<string> Aliases,
    DateTimeOffset? ArchivedAt,
    string? ArchivedBy,
    DateTimeOffset? DeletedAt,
    DateTimeOffset? GoneAt)
{
    internal static RepositoryResource Of(RepositoryView view) => new(
        view.Name.Value,
        view.Description,
        view.State,
        view.FailureReason,
        view.Tier.Id,
        view.RequestedTier,
        view.Visibility,
        view.Layout,
        view.Owners.Select(owner => owner.User.Value),
        view.SvnUrl,
        view.Node,
        view.Youngest,
        view.SizeBytes,
        view.QuotaBytes,
        view.CreatedAt,
        view.LastCommitAt,
        view.LastCommitAuthor,
        view.MyAccess,
        view.Life.Aliases.Select(alias => alias.Value),
        view.Life.ArchivedAt,
        view.Life.ArchivedBy,
        view.Life.DeletedAt,
        view.Life.GoneAt);
}
