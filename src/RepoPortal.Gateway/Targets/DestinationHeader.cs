using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.Targets;

/// <summary>The address a <c>COPY</c> or <c>MOVE</c> copies to: checked like the request's own path, and spelled the way the back end knows itself.</summary>
/// <remarks>mod_dav answers 502 when scheme or port of <c>Destination</c> are not its own, which is every server-side copy behind TLS.</remarks>
internal static class DestinationHeader
{
    internal const string Name = "Destination";

    /// <summary>Checks the header and rewrites it for the back end.</summary>
    /// <param name="header">The header's values; there must be exactly one.</param>
    /// <param name="origin">Who we are to this client: the only server it may name.</param>
    /// <param name="repository">The repository of the request: the only one it may name.</param>
    /// <param name="upstream"><c>http://{Host}{path}</c> when the answer is null.</param>
    internal static Refusal? Rewrite(StringValues header, ClientOrigin origin, RepositoryName repository, out string upstream)
    {
        upstream = "";
        if (header is not [{ Length: > 0 } value])
            return Refusal.Malformed("A request has one Destination.");

        var path = value;
        if (AbsoluteAddress.TrySplit(value, out var absolute))
        {
            if (!origin.Is(absolute.Scheme, absolute.Authority))
                return Elsewhere($"The Destination is not on {origin}, where this request was sent; if that is wrong, a proxy on the way hides the client's address.");
            path = absolute.Rest.ToString();
        }

        if (path.AsSpan().ContainsAny('?', '#'))
            return Refusal.Malformed("A Destination has neither query nor fragment.");
        if (!RepositoryPath.TryParse(path, out var parsed, out var refusal))
            return Refusal.Malformed(refusal);
        if (parsed.Name != repository)
            return Elsewhere("Copying and moving from one repository to another is not possible.");
        upstream = origin.Authority.Length == 0 ? path : $"http://{origin.Authority}{path}";
        return null;
    }

    // RFC 4918, 9.8.5: 502 when the destination is on another server or repository. mod_dav says the same.
    private static Refusal Elsewhere(string sentence) => new(StatusCodes.Status502BadGateway, SvnErrorCode.RequestFailed, sentence);
}
