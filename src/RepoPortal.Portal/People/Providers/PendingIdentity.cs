using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Somebody who came back from a provider in this browser.</summary>
/// <param name="Identity">Who they are there.</param>
/// <param name="RefreshToken">By which the provider can be asked about them later; null when it gave none.</param>
internal sealed record ReturnedPerson(ProvidedIdentity Identity, string? RefreshToken);

/// <summary>Between the provider and the account: who came back, kept for half an hour in Identity's own cookie for external sign-ins, which is encrypted.</summary>
internal sealed class PendingIdentity(IHttpContextAccessor http)
{
    /// <summary>How long somebody has for choosing a name, or for signing in to the account that theirs is to be joined to.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const string IdentityClaim = "identity";
    private const string RefreshTokenItem = "refresh_token";

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("a sign-in belongs to a request");

    /// <summary>What the cookie is to carry: no claim that is not needed, so that it stays small.</summary>
    internal static ClaimsPrincipal Write(ProvidedIdentity identity) =>
        new(new ClaimsIdentity([new Claim(IdentityClaim, JsonSerializer.Serialize(identity))], IdentityConstants.ExternalScheme));

    /// <summary>Keeps the refresh token beside it.</summary>
    internal static void Keep(AuthenticationProperties properties, string? refreshToken) => properties.Items[RefreshTokenItem] = refreshToken;

    /// <summary>Who came back; null when nobody did, or they took too long.</summary>
    internal async Task<ReturnedPerson?> FindAsync()
    {
        var answer = await Context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (answer.Principal?.FindFirstValue(IdentityClaim) is not { } json || JsonSerializer.Deserialize<ProvidedIdentity>(json) is not { } identity)
            return null;
        return new ReturnedPerson(identity, answer.Properties?.Items.TryGetValue(RefreshTokenItem, out var token) is true ? token : null);
    }

    internal Task ForgetAsync() => Context.SignOutAsync(IdentityConstants.ExternalScheme);
}
