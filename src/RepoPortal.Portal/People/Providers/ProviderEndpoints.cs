using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.People.Providers;

/// <summary>The way to a provider and back. Both ends are links and not forms: the policy of our pages lets no form be sent on to another site.</summary>
internal static partial class ProviderEndpoints
{
    internal const string BeginPath = "/sign-in/with";
    internal const string CallbackPath = "/sign-in/callback";
    private const string ArrivedPath = "/sign-in/arrived";

    internal static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(BeginPath + "/{provider}", BeginAsync).ExcludeFromDescription();
        routes.MapGet(ArrivedPath, ArriveAsync).ExcludeFromDescription();
    }

    /// <summary>The page that says why it came to nothing.</summary>
    /// <param name="arrived">The address of <see cref="ArrivedPath"/> that the sign-in would have led to; null when it is not known any more.</param>
    internal static string Refused(SignInProvider provider, ProviderRefusal refusal, string? arrived)
    {
        var query = arrived is not null && arrived.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? QueryHelpers.ParseQuery(arrived[at..]) : null;
        return LocalAddress.Of(
            Session.SignInPath, ("provider", provider.Key), ("refused", Spelling.Of(refusal)), ("returnUrl", query?.GetValueOrDefault("returnUrl").ToString()));
    }

    private static async Task<IResult> BeginAsync(
        string provider, string? returnUrl, HttpContext context, SignInProviders providers, ILogger<SignInProvider> logger)
    {
        if (providers.Find(provider) is not { } found)
            return Results.NotFound();
        var arrived = LocalAddress.Of(ArrivedPath, ("returnUrl", LocalAddress.OrHome(returnUrl)));
        try
        {
            await context.ChallengeAsync(found.Key, new AuthenticationProperties { RedirectUri = arrived });
            return Results.Empty;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested && ProviderRefusals.IsAway(exception))
        {
            LogAway(logger, exception, found.Key);
            return Results.LocalRedirect(Refused(found, ProviderRefusal.Away, arrived));
        }
    }

    /// <summary>Signs in who is known; leads everybody else to choose a name, or to their account page to confirm that the two belong together.</summary>
    private static async Task<IResult> ArriveAsync(
        string? returnUrl, HttpContext context, PendingIdentity pending, SignInProviders providers, SignInByProvider signIn)
    {
        var to = LocalAddress.OrHome(returnUrl);
        if (await pending.FindAsync() is not { } returned || providers.Find(returned.Identity.Provider) is not { } provider)
            return Results.LocalRedirect(LocalAddress.Of(Session.SignInPath, ("returnUrl", to)));
        var step = await signIn.ExecuteAsync(returned, context.User.ToActor(), context.RequestAborted);
        if (step is not ProviderStep.Unknown)
            await pending.ForgetAsync();
        return Results.LocalRedirect(step switch
        {
            ProviderStep.SignedIn => to,
            ProviderStep.Unknown when context.User.Identity?.IsAuthenticated is true => $"{ProvidersSection.Address}#providers",
            // The link out of a mail that proves an address.
            ProviderStep.Unknown when to.StartsWith(FirstSignInPage.Address, StringComparison.Ordinal) => to,
            ProviderStep.Unknown => LocalAddress.Of(FirstSignInPage.Address, ("returnUrl", to)),
            ProviderStep.Taken => LocalAddress.Of(ProvidersSection.Address, ("provider", provider.Key), ("refused", Spelling.Of(ProviderRefusal.Taken))),
            _ => Refused(provider, ProviderRefusal.NotLetIn, arrived: null),
        });
    }

    [LoggerMessage(LogLevel.Warning, "the provider '{Provider}' does not answer")]
    private static partial void LogAway(ILogger logger, Exception exception, string provider);
}
