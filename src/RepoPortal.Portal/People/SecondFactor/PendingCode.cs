using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace RepoPortal.Portal.People.SecondFactor;

/// <summary>Between the password and the code: who typed the right password in this browser, kept for some minutes in Identity's own cookie.</summary>
internal sealed class PendingCode(SignInManager<User> manager, IHttpContextAccessor http)
{
    private const string RememberKey = "remember";

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("a sign-in belongs to a request");

    /// <summary>Whether the person once said in this browser that it needs no code.</summary>
    internal Task<bool> IsRememberedAsync(User user) => manager.IsTwoFactorClientRememberedAsync(user);

    /// <summary>Lets the next page ask for the code.</summary>
    internal Task AskAsync(User user, bool remember)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, user.Id.ToString())], IdentityConstants.TwoFactorUserIdScheme);
        var properties = new AuthenticationProperties();
        properties.Items[RememberKey] = remember ? RememberKey : null;
        return Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity), properties);
    }

    /// <summary>Who is asked, and whether their session outlives the browser; null when nobody is, or they took too long.</summary>
    internal async Task<(User User, bool Remember)?> FindAsync() =>
        await manager.GetTwoFactorAuthenticationUserAsync() is { } user
        && await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme) is { Succeeded: true } answer
            ? (user, answer.Properties.Items.TryGetValue(RememberKey, out var remember) && remember is not null)
            : null;

    /// <summary>Done asking; with <paramref name="rememberBrowser"/> this browser is not asked again until the person's second factor or password changes.</summary>
    internal async Task EndAsync(User user, bool rememberBrowser)
    {
        if (rememberBrowser)
            await manager.RememberTwoFactorClientAsync(user);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }
}
