using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Path rules behind REST.</summary>
internal static class RuleEndpoints
{
    // Rules at their most, each with a path of a few hundred bytes.
    private const int BodyLimit = 4 * 1024 * 1024;

    internal static void MapRules(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/rules").WithTags("Path rules")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ViewAsync).WithSummary("The path rules");
        group.MapPut("/", SaveAsync).WithSummary("Replace all path rules, or with dryRun=true learn what that would change")
            .WithMetadata(new RequestSizeLimitAttribute(BodyLimit))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<RulesResource>, ProblemHttpResult>> ViewAsync(
        string name, ViewRules view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await view.ExecuteAsync(name, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var rules, out var refusal)
            ? TypedResults.Ok(new RulesResource(rules.Version, [.. rules.Rules.Select(RuleDocument.Written)]))
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<SavedRulesResource>, ProblemHttpResult>> SaveAsync(
        string name, RulesBody body, bool? dryRun, SaveRules save, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (body.Rules is not { } rules)
            return Problems.Of(Refusal.Invalid("rules", "Send the whole set of rules; an empty one takes all away."));
        var outcome = await save.ExecuteAsync(name, new WantedRules(rules, body.Version, dryRun ?? false), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var saved, out var refusal) ? TypedResults.Ok(SavedRulesResource.Of(saved)) : Problems.Of(refusal);
    }
}

/// <summary>A whole set of rules in JSON.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Version">The version they were edited from: another one that is present refuses them. Left out: whatever is present is replaced.</param>
internal sealed record RulesBody(WrittenRule?[]? Rules, int? Version = null);

/// <summary>The rules of a repository in JSON.</summary>
internal sealed record RulesResource(int Version, WrittenRule[] Rules);

/// <summary>Rules that were saved, or would be, in JSON, with who gains and who loses what.</summary>
internal sealed record SavedRulesResource(int Version, WrittenRule[] Rules, ChangedAccessResource[] Changes)
{
    internal static SavedRulesResource Of(SavedRules saved) => new(
        saved.Version, [.. saved.Rules.Select(RuleDocument.Written)], [.. saved.Difference.Changes.Select(ChangedAccessResource.Of)]);
}

/// <summary>For whom access to a path changes, in JSON; below the path it changes alike unless another entry says otherwise.</summary>
/// <param name="Path">The path.</param>
/// <param name="Before">Access before.</param>
/// <param name="After">Access after.</param>
/// <param name="People">User names.</param>
/// <param name="SignedIn">Whether also for everybody signed in whom nothing names.</param>
/// <param name="Anyone">Whether also for those without credentials.</param>
internal sealed record ChangedAccessResource(string Path, PathAccess Before, PathAccess After, string[] People, bool SignedIn, bool Anyone)
{
    internal static ChangedAccessResource Of(ChangedAccess change) => new(
        change.Path, change.Before, change.After, [.. change.People.Select(person => person.Value)], change.SignedIn, change.Visitors);
}
