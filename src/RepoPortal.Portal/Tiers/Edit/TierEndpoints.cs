using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>Tiers behind REST: what they promise for everybody, and changing them for administrators.</summary>
internal static class TierEndpoints
{
    internal static void MapTiers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tiers", ListAsync).OpenToScopedTokens().WithTags("Tiers").WithSummary("The tiers and what they promise, the weakest first");
        var group = api.MapGroup("/admin/tiers").RequireAuthorization(Policies.Administrator).WithTags("Tiers").ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListUsedAsync).WithSummary("The tiers, with how many repositories have each and the version to name in a change");
        group.MapPost("/", CreateAsync).WithSummary("Make a tier")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{id}", ChangeAsync).WithSummary("Change a tier; holds for every repository that has it")
            .WithDescription("Name the version that was read: a tier that somebody else has changed since is refused with 409. What is left out is empty, or has no limit.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/preview", PreviewAsync).WithSummary("What changing a tier would change, and for how many repositories; changes nothing")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id}", RemoveAsync).WithSummary("Remove a tier that no repository has")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<TierResource[]>> ListAsync(ListTiers list, CancellationToken cancellationToken) =>
        TypedResults.Ok((await list.ExecuteAsync(cancellationToken)).Select(tier => TierResource.Of(tier, null)).ToArray());

    private static async Task<Ok<TierResource[]>> ListUsedAsync(ListTiers list, CancellationToken cancellationToken) =>
        TypedResults.Ok((await list.CountAsync(cancellationToken)).Select(use => TierResource.Of(use.Tier, use.Repositories)).ToArray());

    private static async Task<Results<Created<TierResource>, ProblemHttpResult>> CreateAsync(
        TierBody body, SaveTier save, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await save.CreateAsync(body.Id ?? "", body.ToDraft(), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var tier, out var refusal)
            ? TypedResults.Created($"{Api.Root}/admin/tiers/{tier.Id}", TierResource.Of(tier, 0))
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<TierResource>, ProblemHttpResult>> ChangeAsync(
        string id, TierBody body, SaveTier save, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (RefuseMismatch(id, body) is { } mismatch)
            return Problems.Of(mismatch);
        var outcome = await save.ChangeAsync(id, body.Version!.Value, body.ToDraft(), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var tier, out var refusal) ? TypedResults.Ok(TierResource.Of(tier, null)) : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<TierPreviewResource>, ProblemHttpResult>> PreviewAsync(
        string id, TierBody body, SaveTier save, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (RefuseMismatch(id, body) is { } mismatch)
            return Problems.Of(mismatch);
        var outcome = await save.PreviewAsync(id, body.Version, body.ToDraft(), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var preview, out var refusal)
            ? TypedResults.Ok(new TierPreviewResource(
                preview.Repositories, preview.Changes, preview.Broken?.Select(broken => new BrokenByResource(broken.Repository.Value, broken.Sentence)).ToArray()))
            : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string id, long? version, RemoveTier remove, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (version is not { } known)
            return Problems.Of(NoVersion);
        var outcome = await remove.ExecuteAsync(id, known, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static Refusal NoVersion => Refusal.Invalid("version", "Name the version that you have read; the list says it.");

    private static Refusal? RefuseMismatch(string id, TierBody body) => body switch
    {
        { Version: null } => NoVersion,
        { Id: { } other } when other != id => Refusal.Invalid("id", $"The address says '{id}' and the body '{other}'; a tier's spelling never changes."),
        _ => null,
    };
}

/// <summary>A tier that is wanted, in JSON. Spans are in seconds, amounts in bytes.</summary>
/// <param name="Id">How it is spelled; only when it is made.</param>
/// <param name="Version">The version that was read; only when it is changed.</param>
internal sealed record TierBody(
    string? Id,
    long? Version,
    string? Name,
    string? Audience,
    long? RecoveryPointSeconds,
    string? RecoveryPointWords,
    long? RecoveryTimeSeconds,
    string? RecoveryTimeWords,
    int? Copies,
    string? CopiesWords,
    long? BackupIntervalSeconds,
    long? VerificationIntervalSeconds,
    long? DrillIntervalSeconds,
    long? RetentionSeconds,
    long? QuotaBytes,
    TierChoosers? ChosenBy,
    bool? NeedsApproval,
    long? MostPeople,
    long? MostOutsiders,
    long? MostCommits,
    long? MostAutomation,
    long? MostBytes,
    int? Order)
{
    // A number that is left out is none that could be meant, and is refused by its own sentence.
    private const long LeftOut = -1;

    internal TierDraft ToDraft() => new(
        Name ?? "",
        Audience ?? "",
        RecoveryPointSeconds ?? LeftOut,
        RecoveryTimeSeconds ?? LeftOut,
        Copies ?? (int)LeftOut,
        BackupIntervalSeconds ?? LeftOut,
        VerificationIntervalSeconds ?? LeftOut,
        DrillIntervalSeconds ?? LeftOut,
        RetentionSeconds ?? LeftOut,
        Order ?? (int)LeftOut,
        RecoveryPointWords,
        RecoveryTimeWords,
        CopiesWords,
        QuotaBytes,
        ChosenBy ?? TierChoosers.Everybody,
        NeedsApproval ?? false,
        MostPeople,
        MostOutsiders,
        MostCommits,
        MostAutomation,
        MostBytes);
}

/// <summary>A tier in JSON. Spans are in seconds, amounts in bytes; null where there is no limit.</summary>
/// <param name="Id">How it is spelled.</param>
/// <param name="Version">To be named in a change.</param>
/// <param name="Repositories">How many repositories have it; null where that was not asked.</param>
internal sealed record TierResource(
    string Id,
    long Version,
    string Name,
    string Audience,
    long RecoveryPointSeconds,
    string RecoveryPointWords,
    long RecoveryTimeSeconds,
    string RecoveryTimeWords,
    int Copies,
    string CopiesWords,
    long BackupIntervalSeconds,
    long VerificationIntervalSeconds,
    long DrillIntervalSeconds,
    long RetentionSeconds,
    long? QuotaBytes,
    TierChoosers ChosenBy,
    bool NeedsApproval,
    long? MostPeople,
    long? MostOutsiders,
    long? MostCommits,
    long? MostAutomation,
    long? MostBytes,
    int Order,
    int? Repositories)
{
    internal static TierResource Of(Tier tier, int? repositories) => new(
        tier.Id,
        tier.Version,
        tier.Name,
        tier.Audience,
        tier.RecoveryPointSeconds,
        tier.RecoveryPointWords,
        tier.RecoveryTimeSeconds,
        tier.RecoveryTimeWords,
        tier.Copies,
        tier.CopiesWords,
        tier.BackupIntervalSeconds,
        tier.VerificationIntervalSeconds,
        tier.DrillIntervalSeconds,
        tier.RetentionSeconds,
        tier.QuotaBytes,
        tier.ChosenBy,
        tier.NeedsApproval,
        tier.MostPeople,
        tier.MostOutsiders,
        tier.MostCommits,
        tier.MostAutomation,
        tier.MostBytes,
        tier.Order,
        repositories);
}

/// <summary>What a change would change, in JSON.</summary>
/// <param name="Repositories">How many repositories have the tier.</param>
/// <param name="Changes">What is different.</param>
/// <param name="Broken">Those that would no longer be within their promise; null where that is not measured.</param>
internal sealed record TierPreviewResource(int Repositories, IReadOnlyList<TierChange> Changes, BrokenByResource[]? Broken);

/// <summary>A repository that would be outside its promise, in JSON.</summary>
internal sealed record BrokenByResource(string Repository, string Sentence);
