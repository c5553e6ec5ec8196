using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>Service accounts behind REST.</summary>
internal static class ServiceAccountEndpoints
{
    internal static void MapServiceAccounts(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/service-accounts").WithTags("Service accounts");
        group.MapGet("/", ListAsync).WithSummary("My service accounts, and those I may take over");
        group.MapPost("/", CreateAsync).WithSummary("Make a service account for named repositories")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{name}", EndAsync).WithSummary("End a service account").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/tokens", CreateTokenAsync).WithSummary("Make a token for a service account")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/take-over", TakeOverAsync).WithSummary("Become the owner of a service account; its tokens are revoked")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<ServiceAccountsResource>> ListAsync(ListServiceAccounts list, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var accounts = await list.ExecuteAsync(user.ToActor(), cancellationToken);
        return TypedResults.Ok(new ServiceAccountsResource(accounts.Mine.Select(ServiceAccountResource.Of), accounts.Others.Select(ServiceAccountResource.Of)));
    }

    private static async Task<Results<Created<ServiceAccountResource>, ProblemHttpResult>> CreateAsync(
        NewServiceAccountBody body, CreateServiceAccount create, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var request = new NewServiceAccount(body.Name, body.Purpose, body.Access ?? AccessLevel.None, body.Repositories ?? []);
        var outcome = await create.ExecuteAsync(request, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var account, out var refusal)
            ? TypedResults.Created($"{Api.Root}/service-accounts/{account.Name}", ServiceAccountResource.Of(account))
            : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string name, EndServiceAccount end, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await end.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static async Task<Results<Created<NewTokenResource>, ProblemHttpResult>> CreateTokenAsync(
        string name, NewTokenBody body, CreateServiceToken create, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!body.ToRequest().Succeeded(out var request, out var malformed))
            return Problems.Of(malformed);
        var outcome = await create.ExecuteAsync(name, request, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var created, out var refusal)
            ? TypedResults.Created($"{Api.Root}/tokens/{created.Token.Id}", NewTokenResource.Of(created))
            : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeOverAsync(
        string name, TakeOverServiceAccount take, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await take.ExecuteAsync(name, user.ToActor(), cancellationToken));

    private static Results<NoContent, ProblemHttpResult> Answer(Outcome<Done> outcome) =>
        outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
}

/// <summary>A service account that is wanted, in JSON.</summary>
/// <param name="Name">Its user name.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Access"><c>read</c> or <c>write</c>.</param>
/// <param name="Repositories">The names of the repositories it is for.</param>
internal sealed record NewServiceAccountBody(string? Name, string? Purpose, AccessLevel? Access, string[]? Repositories);

/// <summary>Service accounts in JSON.</summary>
internal sealed record ServiceAccountsResource(IEnumerable<ServiceAccountResource> Mine, IEnumerable<ServiceAccountResource> MayTakeOver);

/// <summary>A service account in JSON.</summary>
internal sealed record ServiceAccountResource(
    string Name, string Purpose, string Owner, bool IsWorking, IEnumerable<ServiceGrantResource> Repositories, IEnumerable<TokenResource> Tokens)
{
    internal static ServiceAccountResource Of(ServiceAccountView account) => new(
        account.Name.Value,
        account.Purpose,
        account.Owner.Value,
        account.IsWorking,
        account.Grants.Select(grant => new ServiceGrantResource(grant.Repository.Value, grant.Access)),
        account.Tokens.Select(TokenResource.Of));
}

/// <summary>A service account's repository in JSON.</summary>
internal sealed record ServiceGrantResource(string Name, AccessLevel Access);
