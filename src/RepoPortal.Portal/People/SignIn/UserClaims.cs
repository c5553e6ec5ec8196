using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>What a session and a token say about a person; written from the row, so that nothing else has to be read.</summary>
internal sealed class UserClaims(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<User>
{
    internal const string DisplayName = "display_name";
    internal const string Kind = "kind";
    internal const string AdministratorRole = "administrator";

    public Task<ClaimsPrincipal> CreateAsync(User user) =>
        Task.FromResult(new ClaimsPrincipal(Identity(user, IdentityConstants.ApplicationScheme)));

    internal ClaimsIdentity Identity(User user, string scheme)
    {
        var names = options.Value.ClaimsIdentity;
        var identity = new ClaimsIdentity(scheme, names.UserNameClaimType, names.RoleClaimType);
        identity.AddClaim(new Claim(names.UserIdClaimType, user.Id.ToString()));
        identity.AddClaim(new Claim(names.UserNameClaimType, user.UserName!));
        identity.AddClaim(new Claim(names.SecurityStampClaimType, user.SecurityStamp!));
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        identity.AddClaim(new Claim(Kind, Spelling.Of(user.Kind)));
        if (user.IsAdministrator)
            identity.AddClaim(new Claim(names.RoleClaimType, AdministratorRole));
        return identity;
    }
}

/// <summary>Reads what <see cref="UserClaims"/> wrote.</summary>
public static class PrincipalActor
{
    /// <summary>On whose behalf the request runs.</summary>
    public static Actor ToActor(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true, Name: { } name })
            return Actor.Anonymous;
        var kind = Spelling.TryParse<UserKind>(principal.FindFirstValue(UserClaims.Kind), out var parsed) ? parsed : UserKind.External;
        return new Actor(
            Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!), UserName.Parse(name), kind, principal.IsInRole(UserClaims.AdministratorRole));
    }

    /// <summary>The name shown for whoever is signed in; null for a visitor.</summary>
    public static string? GetDisplayName(this ClaimsPrincipal principal) => principal.FindFirstValue(UserClaims.DisplayName);
}
