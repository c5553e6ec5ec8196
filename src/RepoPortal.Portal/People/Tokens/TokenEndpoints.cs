using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>One's own tokens behind REST.</summary>
internal static class TokenEndpoints
{
    internal static void MapTokens(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/tokens").WithTags("Tokens");
        group.MapGet("/", ListAsync).WithSummary("My tokens, without their secrets");
        group.MapPost("/", CreateAsync).WithSummary("Make a token; its text is in the answer and nowhere else").OpenToScopedTokens()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revoke a token").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<TokenResource[]>> ListAsync(ListTokens list, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok((await list.ExecuteAsync(user.ToActor(), cancellationToken)).Select(TokenResource.Of).ToArray());

    private static async Task<Results<Created<NewTokenResource>, ProblemHttpResult>> CreateAsync(
        NewTokenBody body, CreateToken create, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!body.ToRequest().Succeeded(out var request, out var malformed))
            return Problems.Of(malformed);
        var outcome = await create.ExecuteAsync(request, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var created, out var refusal)
            ? TypedResults.Created($"{Api.Root}/tokens/{created.Token.Id}", NewTokenResource.Of(created))
            : Problems.Of(refusal.Field == "label" ? refusal with { Field = "name" } : refusal); // what pages call the label is the name in JSON
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, RevokeToken revoke, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await revoke.ExecuteAsync(id, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <summary>A token that is wanted, in JSON.</summary>
/// <param name="Name">What it is called; left out: <c>token</c>.</param>
/// <param name="Access"><c>read</c> or <c>write</c>.</param>
/// <param name="Repositories">The only repositories it is good for; empty or left out for all that its person may reach.</param>
/// <param name="ExpiresAt">When it ends; left out: in a year.</param>
internal sealed record NewTokenBody(string? Name, AccessLevel? Access, string[]? Repositories, DateTimeOffset? ExpiresAt)
{
    internal Outcome<NewToken> ToRequest() => Access is AccessLevel.Read or AccessLevel.Write
        ? new NewToken(Name, Access == AccessLevel.Read, Days: null, Repositories, ExpiresAt)
        : Refusal.Invalid("access", "Say what the token may do: read or write.");
}

/// <summary>A token in JSON.</summary>
internal sealed record TokenResource(
    Guid Id,
    string Name,
    AccessLevel Access,
    IEnumerable<string> Repositories,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom)
{
    internal static TokenResource Of(TokenView token) => new(
        token.Id,
        token.Label,
        token.ReadOnly ? AccessLevel.Read : AccessLevel.Write,
        token.Repositories?.Select(name => name.Value) ?? [],
        token.CreatedAt,
        token.ExpiresAt,
        token.LastUsedAt,
        token.LastUsedFrom);
}

/// <summary>A token that was just made, in JSON: the one time that its text is shown.</summary>
internal sealed record NewTokenResource(
    string Token, Guid Id, string Name, AccessLevel Access, IEnumerable<string> Repositories, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    internal static NewTokenResource Of(CreatedToken created)
    {
        var token = TokenResource.Of(created.Token);
        return new(created.Secret, token.Id, token.Name, token.Access, token.Repositories, token.CreatedAt, token.ExpiresAt);
    }
}
