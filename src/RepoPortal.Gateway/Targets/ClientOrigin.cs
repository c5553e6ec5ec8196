using Microsoft.AspNetCore.Http;

namespace RepoPortal.Gateway.Targets;

/// <summary>Scheme, host and port as the client knows us: what absolute addresses in its request must name, and what those in the answer must say.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Authority">The <c>Host</c> header as sent; empty when an HTTP/1.0 client sent none.</param>
internal readonly record struct ClientOrigin(string Scheme, string Authority)
{
    internal static ClientOrigin Of(HttpRequest request) => new(request.Scheme, request.Host.Value ?? "");

    /// <summary>True when an absolute address with this scheme and authority leads here.</summary>
    internal bool Is(ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority) =>
        scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
        && WithoutDefaultPort(authority).Equals(WithoutDefaultPort(Authority), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Authority.Length == 0 ? "" : $"{Scheme}://{Authority}";

    private ReadOnlySpan<char> WithoutDefaultPort(ReadOnlySpan<char> authority)
    {
        var port = Scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length] : authority;
    }
}
