using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.Rest;

/// <summary>Downloads beside the API that scripts fetch with an access token, as they use the API. Pages are not among them: some carry secrets that outlive a token.</summary>
internal static class TokenReads
{
    /// <summary>Lets an endpoint that only reads be asked with a token, too; a token that is not good is refused, and does not count as nobody.</summary>
    internal static TBuilder ReadableByToken<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(ReadsTokens.Instance).AddEndpointFilter(RefuseAsync);

    /// <summary>Whether a request is one by token.</summary>
    internal static bool IsOne(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ReadsTokens>() is not null && TokenAuthentication.TryReadToken(context.Request, out _);

    private static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsOne(context.HttpContext) && context.HttpContext.User.Identity is not { IsAuthenticated: true }
            ? ValueTask.FromResult<object?>(TypedResults.Challenge(authenticationSchemes: [TokenAuthentication.SchemeName]))
            : next(context);

    private sealed class ReadsTokens
    {
        internal static readonly ReadsTokens Instance = new();
    }
}
