using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal.People.Providers;

/// <summary>What happens when somebody comes back from a provider, with a genuine answer or without one.</summary>
internal static partial class ProviderEvents
{
    private const string IssuerItem = "issuer";

    internal static void Add(OpenIdConnectEvents events, SignInProvider provider)
    {
        // Those that Microsoft.Identity.Web has added stay in force.
        var validated = events.OnTokenValidated;
        events.OnTokenValidated = async context =>
        {
            await validated(context);
            Note(context, provider);
        };
        events.OnTicketReceived = context => Receive(context, provider);
        events.OnAccessDenied = context => Refuse(context, provider, ProviderRefusal.Declined, failure: null, context.ReturnUrl);
        events.OnRemoteFailure = context => Refuse(
            context,
            provider,
            context.Request.Query.ContainsKey("error") ? ProviderRefusal.Declined : ProviderRefusals.Of(context.Failure),
            context.Failure,
            context.Properties?.RedirectUri);
    }

    private static void Note(TokenValidatedContext context, SignInProvider provider)
    {
        var tenant = context.Principal!.FindFirst("tid")?.Value;
        if (provider.Options is EntraOptions entra && !entra.Allows(tenant))
        {
            context.Fail(new TenantNotAllowedException(tenant));
            return;
        }

        context.Properties!.Items[IssuerItem] = context.SecurityToken.Issuer;
        PendingIdentity.Keep(context.Properties, context.TokenEndpointResponse?.RefreshToken);
    }

    private static Task Receive(TicketReceivedContext context, SignInProvider provider)
    {
        try
        {
            context.Principal = PendingIdentity.Write(ProvidedIdentity.Of(provider, context.Properties!.Items[IssuerItem]!, context.Principal!));
            context.Properties.Items.Remove(IssuerItem);
            context.Properties.ExpiresUtc = null; // the cookie's own time, not the token's
            return Task.CompletedTask;
        }
        catch (FormatException incomplete)
        {
            return Refuse(context, provider, ProviderRefusal.NotAccepted, incomplete, context.ReturnUri);
        }
    }

    private static Task Refuse(HandleRequestContext<RemoteAuthenticationOptions> context, SignInProvider provider, ProviderRefusal refusal, Exception? failure, string? returnUrl)
    {
        LogRefused(context.HttpContext.RequestServices.GetRequiredService<ILogger<SignInProvider>>(), failure, provider.Key, refusal);
        context.Response.Redirect(ProviderEndpoints.Refused(provider, refusal, returnUrl));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "a sign-in through '{Provider}' came to nothing: {Refusal}")]
    private static partial void LogRefused(ILogger logger, Exception? failure, string provider, ProviderRefusal refusal);
}
