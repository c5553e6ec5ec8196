using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.Rest;

/// <summary>Signs in by <c>Authorization: Bearer TOKEN</c>, with the same tokens that svn clients use.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, FindToken find, UserClaims claims, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!TryReadToken(Request, out var text))
            return AuthenticateResult.NoResult();
        if (!AccessToken.TryParse(text, out var secret)
            || await find.ExecuteAsync(secret.Digest, Context.RequestAborted) is not { } token
            || token.ExpiresAt <= time.GetUtcNow()
            || !token.User.IsActive(time.GetUtcNow()))
        {
            return AuthenticateResult.Fail("the token is unknown, revoked or expired");
        }

        var acting = ActingToken.Of(token);
        var identity = claims.Identity(token.User, SchemeName);
        acting.Write(identity);
        // To administer is to reach every repository.
        if (acting.Repositories is not null && identity.FindFirst(identity.RoleClaimType) is { } role)
            identity.RemoveClaim(role);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer realm=\"RepoPortal\"");
        return Problems.WriteAsync(
            Context,
            StatusCodes.Status401Unauthorized,
            "Send a valid access token as 'Authorization: Bearer TOKEN'; tokens are made on the account page.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, "Only an administrator may do this.");

    /// <summary>What stands in a request's header as a token; false when there is none.</summary>
    internal static bool TryReadToken(HttpRequest request, out string text)
    {
        const string Prefix = SchemeName + " ";
        var header = request.Headers.Authorization.ToString();
        var isBearer = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
        text = isBearer ? header[Prefix.Length..].Trim() : "";
        return isBearer;
    }
}
