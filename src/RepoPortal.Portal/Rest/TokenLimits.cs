using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.Rest;

/// <summary>What a token keeps its person from doing here: a read-only token reads, and one for named repositories touches nothing but those.</summary>
internal static class TokenLimits
{
    private const string OneRepository = Api.Root + "/repositories/{name}";
    private const string MyRepositories = Api.Root + "/repositories/";

    /// <summary>Says that an endpoint beside those of single repositories minds the token's repositories itself.</summary>
    internal static TBuilder OpenToScopedTokens<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(MindsScopes.Instance);

    internal static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var refusal = ActingToken.Read(context.HttpContext.User) is { } token ? Refuse(token, context.HttpContext) : null;
        return refusal is null ? next(context) : ValueTask.FromResult<object?>(Problems.Of(refusal));
    }

    private static Refusal? Refuse(ActingToken token, HttpContext context)
    {
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (token.ReadOnly && !reads)
            return Refusal.Forbidden("This token may only read.");
        return token.Repositories is null || IsWithinScope(context.GetEndpoint(), reads)
            ? null
            : Refusal.Forbidden("This token is for named repositories, and good for nothing else.");
    }

    // An endpoint of one repository finds it by way of Standing, which minds the token; so does the list of one's own.
    private static bool IsWithinScope(Endpoint? endpoint, bool reads)
    {
        if (endpoint?.Metadata.GetMetadata<MindsScopes>() is not null)
            return true;
        var pattern = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return pattern.StartsWith(OneRepository, StringComparison.Ordinal) || (reads && pattern == MyRepositories);
    }

    private sealed class MindsScopes
    {
        internal static readonly MindsScopes Instance = new();
    }
}
