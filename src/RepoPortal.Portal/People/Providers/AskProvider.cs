using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace RepoPortal.Portal.People.Providers;

/// <summary>What a provider answered when it was asked about somebody.</summary>
/// <param name="Said">What it says about them now; null when it only said that they are there.</param>
/// <param name="RefreshToken">The token for the next time; null when the old one stays good.</param>
/// <param name="Refusal">Why it does not vouch for them any more; null when it does.</param>
internal sealed record ProviderAnswer(ProvidedIdentity? Said, string? RefreshToken, string? Refusal = null);

/// <summary>Asks a provider, without the person, whether somebody is still there: by their refresh token, which it honours only for accounts that are open.</summary>
internal sealed class AskProvider(IOptionsMonitor<OpenIdConnectOptions> schemes)
{
    // RFC 6749, 5.2: the token is invalid, expired or revoked. Anything else is about this site or the provider, and says nothing about the person.
    private const string Gone = "invalid_grant";

    /// <exception cref="HttpRequestException">The provider does not answer, or with something else than an answer about the person.</exception>
    /// <exception cref="SecurityTokenException">Its ID token is not genuine.</exception>
    internal async Task<ProviderAnswer> ExecuteAsync(SignInProvider provider, string refreshToken, CancellationToken cancellationToken)
    {
        var options = schemes.Get(provider.Key);
        var configuration = await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
            ["client_id"] = options.ClientId!,
            ["client_secret"] = options.ClientSecret ?? "",
        };
        using var form = new FormUrlEncodedContent(fields.Where(field => field.Value.Length > 0));
        using var response = await options.Backchannel.PostAsync(configuration.TokenEndpoint, form, cancellationToken);
        using var answer = await ReadAsync(response, cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest && Text(answer, "error") == Gone)
            return new ProviderAnswer(null, null, PlainText.Strip(Text(answer, "error_description") ?? Gone));
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"the token endpoint answers {(int)response.StatusCode} {Text(answer, "error")}", inner: null, response.StatusCode);
        var principal = Text(answer, "id_token") is { } idToken ? await ValidateAsync(options, configuration, idToken) : null;
        if (principal is not null && options.GetClaimsFromUserInfoEndpoint && configuration.UserInfoEndpoint is not null && Text(answer, "access_token") is { } accessToken)
            await AddUserInfoAsync(options, configuration, principal, accessToken, cancellationToken);
        return new ProviderAnswer(principal is null ? null : ProvidedIdentity.Of(provider, principal.FindFirstValue("iss")!, principal), Text(answer, "refresh_token"));
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException($"the provider answers {(int)response.StatusCode} with something that is not JSON", exception, response.StatusCode);
        }
    }

    private static string? Text(JsonDocument answer, string name) =>
        answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<ClaimsPrincipal> ValidateAsync(OpenIdConnectOptions options, OpenIdConnectConfiguration configuration, string idToken)
    {
        var parameters = options.TokenValidationParameters.Clone();
        parameters.ValidAudience = options.ClientId;
        parameters.IssuerSigningKeys = configuration.SigningKeys;
        // Of Entra ID the issuer is checked by the validator that Microsoft.Identity.Web has put there.
        parameters.ValidIssuer = configuration.Issuer;
        var validated = await options.TokenHandler.ValidateTokenAsync(idToken, parameters);
        return validated.IsValid
            ? new ClaimsPrincipal(validated.ClaimsIdentity)
            : throw new SecurityTokenException("the ID token that came with the refresh is not genuine", validated.Exception);
    }

    private static async Task AddUserInfoAsync(
        OpenIdConnectOptions options, OpenIdConnectConfiguration configuration, ClaimsPrincipal principal, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, configuration.UserInfoEndpoint);
        request.Headers.Authorization = new("Bearer", accessToken);
        using var response = await options.Backchannel.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var claims = await ReadAsync(response, cancellationToken);
        if (Text(claims, "sub") != principal.FindFirstValue("sub"))
            throw new SecurityTokenException("the userinfo endpoint speaks of somebody else");
        var identity = (ClaimsIdentity)principal.Identity!;
        foreach (var action in options.ClaimActions.Where(action => action is not DeleteClaimAction))
            action.Run(claims.RootElement, identity, options.ClaimsIssuer ?? options.Authority!);
    }
}
