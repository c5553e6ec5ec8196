using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Backups;

/// <summary><c>/admin/backups</c>.</summary>
internal static class BackupEndpoints
{
    internal static void MapBackups(this IEndpointRouteBuilder api) =>
        api.MapGet("/admin/backups", ListAsync).WithTags("Promises").WithSummary("What backups there are, also of repositories that were deleted, and until when those are kept")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<IEnumerable<BackupListResource>>, ProblemHttpResult>> ListAsync(
        string? repository, ListBackups list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await list.ExecuteAsync(repository, user.ToActor(), cancellationToken)).Succeeded(out var backups, out var refusal)
            ? TypedResults.Ok(backups.Select(BackupListResource.Of))
            : Problems.Of(refusal);
}

/// <summary>The backup of one repository, in JSON.</summary>
/// <param name="Repository">The repository's name; of one that is gone, its last.</param>
/// <param name="Id">Its id, which names the directory of its backups.</param>
/// <param name="State">in-use, in-trash or removed.</param>
/// <param name="Revision">The backup's youngest revision; null when there is none yet, and when nobody noted it.</param>
/// <param name="At">Whatever was committed before this moment is in it.</param>
/// <param name="VerifiedAt">When it was last read in full and found whole.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="KeptUntil">Until when it is kept; null for as long as the repository is in use.</param>
internal sealed record BackupListResource(
    string Repository, Guid Id, BackedUpState State, long? Revision, DateTimeOffset? At, DateTimeOffset? VerifiedAt, long? SizeBytes, DateTimeOffset? KeptUntil)
{
    internal static BackupListResource Of(ListedBackup backup) => new(
        backup.Repository, backup.Id.Value, backup.State, backup.Revision, backup.At, backup.VerifiedAt, backup.SizeBytes, backup.KeptUntil);
}
