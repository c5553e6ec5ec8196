using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Tiers.Quotas;

/// <summary>Quotas behind REST.</summary>
internal static class QuotaEndpoints
{
    internal static void MapQuotas(this IEndpointRouteBuilder api)
    {
        api.MapGet("/repositories/{name}/quota", ViewAsync).WithTags("Tiers").WithSummary("How much a repository holds, and may hold")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        var group = api.MapGroup("/admin/repositories/{name}/quota").RequireAuthorization(Policies.Administrator).WithTags("Tiers")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/", SetAsync).WithSummary("Give a repository a quota of its own; null for no limit").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapDelete("/", RemoveAsync).WithSummary("Let a repository go by its tier's quota again");
    }

    private static async Task<Results<Ok<QuotaResource>, ProblemHttpResult>> ViewAsync(
        string name, SetRepositoryQuota quota, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await quota.ViewAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<QuotaResource>, ProblemHttpResult>> SetAsync(
        string name, QuotaBody body, SetRepositoryQuota quota, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await quota.ExecuteAsync(name, isOwn: true, body.QuotaBytes, user.ToActor(), cancellationToken));

    private static async Task<Results<Ok<QuotaResource>, ProblemHttpResult>> RemoveAsync(
        string name, SetRepositoryQuota quota, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await quota.ExecuteAsync(name, isOwn: false, null, user.ToActor(), cancellationToken));

    private static Results<Ok<QuotaResource>, ProblemHttpResult> Answer(Outcome<QuotaView> outcome) => outcome.Succeeded(out var quota, out var refusal)
        ? TypedResults.Ok(new QuotaResource(quota.UsedBytes, quota.QuotaBytes, quota.IsOwn, quota.IsPending))
        : Problems.Of(refusal);
}

/// <summary>A quota that is wanted, in JSON.</summary>
/// <param name="QuotaBytes">How much may be stored, 1 MiB to 1 PiB; null for no limit.</param>
internal sealed record QuotaBody(long? QuotaBytes);

/// <summary>A quota in JSON.</summary>
/// <param name="UsedBytes">What is stored.</param>
/// <param name="QuotaBytes">How much may be; null for no limit.</param>
/// <param name="Own">Whether that is the repository's own and not its tier's.</param>
/// <param name="Pending">Whether the node has yet to be told.</param>
internal sealed record QuotaResource(long UsedBytes, long? QuotaBytes, bool Own, bool Pending);
