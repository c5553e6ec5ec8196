using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace RepoPortal.SystemTests.Providers;

/// <summary>What people and programs get at the provider: a page that asks who they are, tokens, and what the tokens are about.</summary>
internal static class ProviderPages
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    internal static void Map(WebApplication app, OpenProvider provider)
    {
        foreach (var path in ProviderAddresses.Authorization(provider.Tenants))
            app.MapGet(path, context => AuthorizeAsync(context, provider));
        foreach (var path in ProviderAddresses.Token(provider.Tenants))
            app.MapPost(path, context => IssueAsync(context, provider));
        foreach (var path in ProviderAddresses.UserInfo(provider.Tenants))
            app.MapGet(path, context => InformAsync(context, provider));
    }

    private static Task AuthorizeAsync(HttpContext context, OpenProvider provider)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request["cancel"] is not null)
            return ForbidAsync(context, OpenIddictConstants.Errors.AccessDenied, "The person said no.");
        if ((string?)request["login"] is { } login && provider.Find(person => person.Login == login) is { } found)
            return SignInAsync(context, found, request.GetScopes());
        var fields = context.Request.Query.Where(field => field.Key != "login")
            .Select(field => $"""<input type="hidden" name="{WebUtility.HtmlEncode(field.Key)}" value="{WebUtility.HtmlEncode(field.Value)}">""");
        return Results.Content(
            $"""
            <!doctype html><title>Provider</title><h1>Who are you?</h1>
            <form method="get">{string.Concat(fields)}<label>Account <input name="login" autofocus></label>
            <button type="submit">Continue</button> <button type="submit" name="cancel" value="1">Cancel</button></form>
            """,
            "text/html").ExecuteAsync(context);
    }

    private static async Task IssueAsync(HttpContext context, OpenProvider provider)
    {
        var principal = (await context.AuthenticateAsync(Scheme)).Principal!;
        var subject = principal.GetClaim(OpenIddictConstants.Claims.Subject);
        if (provider.Find(person => person.Claims().First().Value == subject) is { } found)
            await SignInAsync(context, found, principal.GetScopes());
        else
            await ForbidAsync(context, OpenIddictConstants.Errors.InvalidGrant, "The account is closed.");
    }

    private static async Task InformAsync(HttpContext context, OpenProvider provider)
    {
        var subject = (await context.AuthenticateAsync(Scheme)).Principal!.GetClaim(OpenIddictConstants.Claims.Subject);
        var claims = provider.Find(person => person.Claims().First().Value == subject)!.Claims().ToLookup(claim => claim.Type, claim => claim.Value);
        await context.Response.WriteAsJsonAsync(claims.ToDictionary(claim => claim.Key, claim => claim.Key == "groups" ? (object)claim.ToArray() : claim.First()));
    }

    private static Task SignInAsync(HttpContext context, ProviderPerson person, IEnumerable<string> scopes)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity(person.Claims(), Scheme, "name", "role"));
        principal.SetScopes(scopes);
        return context.SignInAsync(Scheme, principal);
    }

    private static Task ForbidAsync(HttpContext context, string error, string description) => context.ForbidAsync(Scheme, new AuthenticationProperties(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    }));
}
