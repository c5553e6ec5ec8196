using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>Ends the session. A POST with an antiforgery token, so that no other site can sign somebody out.</summary>
internal static class SignOutEndpoint
{
    // Binding a field of the form is what makes the framework check the antiforgery token.
    internal static void MapSignOut(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async (HttpContext context, EndSession end, [FromForm] string? from) =>
        {
            if (context.User.GetSessionId() is { } session)
                await end.ExecuteAsync(session, context.User.ToActor(), context.RequestAborted);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.LocalRedirect("/");
        }).ExcludeFromDescription();
}
