using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>A repository's life behind REST.</summary>
internal static class LifeEndpoints
{
    internal static void MapLife(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}").WithTags("Repositories")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/rename", RenameAsync).WithSummary("Give a repository another name; the present one stays as an alias").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/aliases/{alias}", ReleaseAsync).WithSummary("Let a name from before go, so that another repository may have it");
        group.MapPost("/archive", ArchiveAsync).WithSummary("Make a repository read-only");
        group.MapPost("/unarchive", UnarchiveAsync).WithSummary("Take an archived repository back into use");
        group.MapDelete("/", DeleteAsync).WithSummary("Put a repository into the trash, where it is kept for its tier's retention");
        group.MapPost("/undelete", UndeleteAsync).WithSummary("Take a repository out of the trash").ProducesProblem(StatusCodes.Status410Gone);
        group.MapPost("/transfer", TransferAsync).WithSummary("Hand a repository over to another owner").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/trash", ListTrashAsync).WithTags("Repositories").OpenToScopedTokens()
            .WithSummary("Deleted repositories that can be taken back: one's own, for administrators all");
    }

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> RenameAsync(
        string name, RenameBody body, RenameRepository rename, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await rename.ExecuteAsync(name, body.To, user.ToActor(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> ReleaseAsync(
        string name, string alias, ReleaseAlias release, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await release.ExecuteAsync(name, alias, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> ArchiveAsync(
        string name, ArchiveRepository archive, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await archive.ArchiveAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> UnarchiveAsync(
        string name, ArchiveRepository archive, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await archive.UnarchiveAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, DeleteRepository delete, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await delete.ExecuteAsync(name, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RepositoryResource>, ProblemHttpResult>> UndeleteAsync(
        string name, UndeleteRepository undelete, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await undelete.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<MemberResource>, ProblemHttpResult>> TransferAsync(
        string name, TransferBody body, TransferRepository transfer, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await transfer.ExecuteAsync(name, new Transfer(body.To, body.From, body.Leave), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var owner, out var refusal) ? TypedResults.Ok(MemberResource.Of(owner)) : Problems.Of(refusal);
    }

    private static async Task<Ok<TrashResource[]>> ListTrashAsync(ListTrash list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok((await list.ExecuteAsync(user.ToActor(), cancellationToken)).Select(TrashResource.Of).ToArray());

    private static Results<Ok<RepositoryResource>, ProblemHttpResult> Answer(Outcome<RepositoryView> outcome) =>
        outcome.Succeeded(out var repository, out var refusal) ? TypedResults.Ok(RepositoryResource.Of(repository)) : Problems.Of(refusal);
}

/// <summary>A new name, in JSON.</summary>
/// <param name="To">2 to 64 characters out of a-z 0-9 - _ . that start with a letter or a digit.</param>
internal sealed record RenameBody(string? To);

/// <summary>A change of owners, in JSON.</summary>
/// <param name="To">The new owner's user name.</param>
/// <param name="From">The present owner's user name; left out: whoever asks.</param>
/// <param name="Leave">True to end the present owner's access; left out: they may still write.</param>
internal sealed record TransferBody(string? To, string? From = null, bool Leave = false);

/// <summary>A repository in the trash, in JSON.</summary>
internal sealed record TrashResource(string Name, string Description, long SizeBytes, DateTimeOffset DeletedAt, string DeletedBy, DateTimeOffset GoneAt, bool IsBeingRemoved)
{
    internal static TrashResource Of(TrashedRepository trashed) => new(
        trashed.Name.Value, trashed.Description, trashed.SizeBytes, trashed.DeletedAt, trashed.DeletedBy, trashed.GoneAt, trashed.IsBeingRemoved);
}
