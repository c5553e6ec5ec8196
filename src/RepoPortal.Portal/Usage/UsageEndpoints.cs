using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Usage;

/// <summary>Usage behind REST.</summary>
internal static class UsageEndpoints
{
    internal static void MapUsage(this IEndpointRouteBuilder api)
    {
        api.MapGet("/repositories/{name}/usage", ViewAsync).WithTags("Usage").WithSummary("Who used the repository, per person and day")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/admin/usage/users", FindAsync).RequireAuthorization(Policies.Administrator).WithTags("Usage")
            .WithSummary("Who used any of these repositories since a moment").ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<UsageResource>, ProblemHttpResult>> ViewAsync(
        string name, string? since, ViewUsage view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!QueryTime.TryRead(since, endOfDay: false, out var begin))
            return Problems.Of(QueryTime.Refuse("since", since));
        var outcome = await view.ExecuteAsync(name, begin, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var usage, out var refusal) ? TypedResults.Ok(UsageResource.Of(usage)) : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<RepositoryUser[]>, ProblemHttpResult>> FindAsync(
        UsersQuestion question, FindUsers find, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (question.Since is not { } since)
            return Problems.Of(Refusal.Invalid("since", "Say since when, such as 2030-01-31T12:00:00Z."));
        var outcome = await find.ExecuteAsync(question.Repositories ?? [], since, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var users, out var refusal) ? TypedResults.Ok(users) : Problems.Of(refusal);
    }
}

/// <summary>Which repositories and since when, in JSON.</summary>
internal sealed record UsersQuestion(string[]? Repositories, DateTimeOffset? Since);

/// <summary>Who used a repository, in JSON.</summary>
/// <param name="Since">From when on.</param>
/// <param name="Totals">Everybody together.</param>
/// <param name="People">Everyone who used it, the latest first.</param>
/// <param name="Days">The same per person and day, the latest day first.</param>
/// <param name="DaysAreCut">True when there were more days than are listed; ask with a later <c>since</c>.</param>
internal sealed record UsageResource(
    DateTimeOffset Since, UsageTotals Totals, IReadOnlyList<PersonUsage> People, IEnumerable<UsageDayResource> Days, bool DaysAreCut)
{
    internal static UsageResource Of(RepositoryUsage usage) => new(
        usage.Since,
        new UsageTotals(
            usage.People.Sum(person => person.Reads),
            usage.People.Sum(person => person.Writes),
            usage.People.Sum(person => person.BytesSent),
            usage.People.Sum(person => person.BytesReceived)),
        usage.People,
        usage.Days.Select(day => new UsageDayResource(day.Day, day.User, day.Reads, day.Writes, day.BytesSent, day.BytesReceived, day.LastAt)),
        usage.IsCut);
}

/// <summary>Sums in JSON.</summary>
internal sealed record UsageTotals(long Reads, long Writes, long BytesSent, long BytesReceived);

/// <summary>A person's day in JSON.</summary>
internal sealed record UsageDayResource(
    DateOnly Day, string User, long Reads, long Writes, long BytesSent, long BytesReceived, DateTimeOffset LastAt);
