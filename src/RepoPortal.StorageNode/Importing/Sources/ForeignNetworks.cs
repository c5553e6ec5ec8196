using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>Which addresses histories are imported from: those of the public networks, and those that the operator allows.</summary>
internal sealed class ForeignNetworks(IOptions<StorageNodeOptions> options)
{
    // IANA's special-purpose registries: this host, private, shared (CGNAT), loopback, link-local with the clouds' metadata services, protocol assignments,
    // documentation, 6to4 relays, benchmarks, multicast, reserved.
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(network => IPNetwork.Parse(network)),
    ];

    // Of IPv6, global unicast is everything there is; within it, addresses that hold an IPv4 address may lead anywhere.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialWithinGlobal = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    private readonly IPNetwork[] _allowed = [.. options.Value.ImportNetworks.Select(network => IPNetwork.Parse(network))];

    /// <summary>Whether a setting names networks, as in "10.20.0.0/16".</summary>
    public static bool AreNetworks(IEnumerable<string> networks) => networks.All(network => IPNetwork.TryParse(network, out _));

    /// <summary>Whether histories may come from that address.</summary>
    public bool Allow(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (_allowed.Any(network => network.Contains(plain)))
            return true;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special.Any(network => network.Contains(plain))
            : Global.Contains(plain) && !SpecialWithinGlobal.Any(network => network.Contains(plain));
    }
}
