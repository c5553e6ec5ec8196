using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.People.Passkeys;

/// <summary>What the script asks for before the browser makes or shows a passkey.</summary>
internal static class PasskeyEndpoints
{
    internal const string CreationOptions = "/passkeys/creation-options";
    internal const string RequestOptions = "/passkeys/request-options";

    // Binding a field of the form is what makes the framework check the antiforgery token.
    internal static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(CreationOptions, async (HttpContext context, AddPasskey add, [FromForm] string? from) =>
            Results.Content(await add.OptionsAsync(context.User.ToActor(), context.RequestAborted), "application/json"))
            .RequireAuthorization().ExcludeFromDescription();
        routes.MapPost(RequestOptions, async (SignInByPasskey signIn, [FromForm] string? from) =>
            Results.Content(await signIn.OptionsAsync(), "application/json")).ExcludeFromDescription();
    }
}
