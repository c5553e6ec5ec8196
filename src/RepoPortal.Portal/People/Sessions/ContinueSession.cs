using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.People.Sessions;

/// <summary>Gives the present session a new cookie after its person's security stamp changed, which ends every other one.</summary>
internal sealed class ContinueSession(UserClaims claims, IHttpContextAccessor http)
{
    /// <param name="user">Whose session it is, with the new stamp.</param>
    internal async Task ExecuteAsync(User user)
    {
        var context = http.HttpContext ?? throw new InvalidOperationException("a session belongs to a request");
        var present = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (present.Principal?.GetSessionId() is not { } session)
            return;
        var properties = new AuthenticationProperties { IsPersistent = present.Properties?.IsPersistent is true };
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(claims.Identity(user, session)), properties);
    }
}
