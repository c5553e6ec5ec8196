using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.Rest;

/// <summary>A read-only token reads.</summary>
internal static class ReadOnlyTokens
{
    internal static ValueTask<object?> RefuseWritesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return reads || !context.HttpContext.User.HasClaim(TokenAuthentication.ReadOnlyClaim, "true")
            ? next(context)
            : ValueTask.FromResult<object?>(Problems.Of(Refusal.Forbidden("This token may only read.")));
    }
}
