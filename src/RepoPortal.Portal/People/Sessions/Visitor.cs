using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.People.Sessions;

/// <summary>From where and with what a request came, as far as one can tell.</summary>
/// <param name="Address">The network address, as text; <c>-</c> when there is none.</param>
/// <param name="Network">What failures are counted by: the address, or the /64 that a household or machine has to itself.</param>
/// <param name="Browser">What the browser calls itself, cut.</param>
internal sealed record Visitor(string Address, string Network, string Browser)
{
    internal static Visitor Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
        var browser = PlainText.Strip(context.Request.Headers.UserAgent.ToString());
        return new Visitor(
            address?.ToString() ?? "-",
            address is null ? "-" : NetworkOf(address).ToString(),
            browser.Length <= UserSession.MaxBrowserLength ? browser : browser[..UserSession.MaxBrowserLength]);
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
