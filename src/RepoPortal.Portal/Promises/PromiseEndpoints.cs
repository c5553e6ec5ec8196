using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Promises;

/// <summary>Promises behind REST.</summary>
internal static class PromiseEndpoints
{
    internal static void MapPromises(this IEndpointRouteBuilder api)
    {
        api.MapGet("/repositories/{name}/promise", ViewAsync).WithTags("Promises").WithSummary("What is promised for a repository, and what was measured")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/admin/promises", ListAsync).WithTags("Promises").WithSummary("Every repository's promise and its state, worst first")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<Results<Ok<PromiseResource>, ProblemHttpResult>> ViewAsync(
        string name, ViewPromise view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await view.ExecuteAsync(name, user.ToActor(), cancellationToken)).Succeeded(out var promise, out var refusal)
            ? TypedResults.Ok(PromiseResource.Of(promise))
            : Problems.Of(refusal);

    private static async Task<Results<Ok<IEnumerable<ComplianceResource>>, ProblemHttpResult>> ListAsync(
        ListPromises list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await list.ExecuteAsync(new ComplianceRequest(null, null, 0, ListPromises.MostAtOnce), user.ToActor(), cancellationToken)).Succeeded(out var page, out var refusal)
            ? TypedResults.Ok(page.Rows.Select(ComplianceResource.Of))
            : Problems.Of(refusal);
}

/// <summary>A promise beside what was measured, in JSON.</summary>
/// <param name="Tier">The tier's id.</param>
/// <param name="State">kept, at-risk, broken or unknown.</param>
/// <param name="Reason">What decides the state.</param>
/// <param name="Rpo">Commits at risk.</param>
/// <param name="Rto">Back in service.</param>
/// <param name="Backup">The backup; null while there is none.</param>
internal sealed record PromiseResource(
    string Tier, PromiseState State, string Reason, RecoveryPointResource Rpo, RecoveryTimeResource Rto, BackupResource? Backup)
{
    internal static PromiseResource Of(PromiseView promise) => new(
        promise.Tier.Id,
        promise.State,
        promise.Reason,
        new RecoveryPointResource(promise.Tier.RecoveryPointSeconds, (long?)promise.Exposure?.TotalSeconds),
        new RecoveryTimeResource(
            promise.Tier.RecoveryTimeSeconds, promise.Protection?.RehearsedMilliseconds / 1000.0, promise.Protection?.RehearsedAt),
        promise.Protection is { Revision: { } revision, AsOf: { } at } protection
            ? new BackupResource(revision, protection.CheckedAt > at ? protection.CheckedAt.Value : at, protection.VerifiedAt)
            : null);
}

/// <summary>Commits at risk.</summary>
/// <param name="PromisedSeconds">How old the oldest commit in no backup may be.</param>
/// <param name="MeasuredSeconds">How old it is; 0 when every commit is in the backup, null while nothing was measured.</param>
internal sealed record RecoveryPointResource(long PromisedSeconds, long? MeasuredSeconds);

/// <summary>Back in service.</summary>
/// <param name="PromisedSeconds">How long it may take.</param>
/// <param name="RehearsedSeconds">How long the last rehearsed restore took; null before the first.</param>
/// <param name="RehearsedAt">When that was.</param>
internal sealed record RecoveryTimeResource(long PromisedSeconds, double? RehearsedSeconds, DateTimeOffset? RehearsedAt);

/// <summary>The backup.</summary>
/// <param name="Revision">Its youngest revision.</param>
/// <param name="At">When it was last known to have everything.</param>
/// <param name="VerifiedAt">When every revision in it was last read and found whole.</param>
internal sealed record BackupResource(long Revision, DateTimeOffset At, DateTimeOffset? VerifiedAt);

/// <summary>A line of the compliance list in JSON.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Tier">The tier's id.</param>
/// <param name="State">kept, at-risk, broken or unknown.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What decides it.</param>
internal sealed record ComplianceResource(string Repository, string Tier, PromiseState State, DateTimeOffset Since, string Reason)
{
    internal static ComplianceResource Of(ComplianceRow row) => new(row.Name.Value, row.TierId, row.State, row.Since, row.Reason);
}
