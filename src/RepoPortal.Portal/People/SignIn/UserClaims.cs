using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>What a session and a token say about a person; written from the row, so that nothing else has to be read.</summary>
internal sealed class UserClaims(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<User>
{
    internal const string DisplayName = "display_name";
    internal const string Kind = "kind";
    internal const string AdministratorRole = "administrator";
    internal const string Session = "session";
    internal const string NeedsSecondFactor = "needs_second_factor";

    public Task<ClaimsPrincipal> CreateAsync(User user) =>
        Task.FromResult(new ClaimsPrincipal(Identity(user, IdentityConstants.ApplicationScheme)));

    /// <summary>What the cookie of a session says.</summary>
    internal ClaimsIdentity Identity(User user, Guid session, bool needsSecondFactor = false)
    {
        var identity = Identity(user, IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(Session, session.ToString()));
        if (needsSecondFactor)
            identity.AddClaim(new Claim(NeedsSecondFactor, "true"));
        return identity;
    }

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
            Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!), UserName.Parse(name), kind, principal.IsInRole(UserClaims.AdministratorRole), ActingToken.Read(principal));
    }

    /// <summary>The row of the session that the request belongs to; null for a visitor and at the API.</summary>
    internal static Guid? GetSessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(UserClaims.Session), out var id) ? id : null;

    /// <summary>Whether the person must set up a second factor before anything else (<see cref="SecondFactor.SecondFactorGate"/>).</summary>
    internal static bool NeedsSecondFactor(this ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == UserClaims.NeedsSecondFactor);

    /// <summary>The name shown for whoever is signed in; null for a visitor.</summary>
    public static string? GetDisplayName(this ClaimsPrincipal principal) => principal.FindFirstValue(UserClaims.DisplayName);
}
