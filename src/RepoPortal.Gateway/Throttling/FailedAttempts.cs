using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace RepoPortal.Gateway.Throttling;

/// <summary>Slows down whoever tries names and tokens: by address and name, more generously by address alone, and by name over all addresses.</summary>
internal sealed class FailedAttempts(IOptions<GatewayOptions> options, TimeProvider time)
{
    private const int MaxRemembered = 50_000;

    private readonly FailureLimit<(IPAddress, string)> _perName =
        new(options.Value.FailedAttemptsPerName, options.Value.FailedAttemptsWindow, MaxRemembered, time);

    private readonly FailureLimit<IPAddress> _perAddress =
        new(options.Value.FailedAttemptsPerAddress, options.Value.FailedAttemptsWindow, MaxRemembered, time);

    private readonly AccountPressure _pressure = new(options.Value.FailedAttemptsWindow, time);

    /// <summary>How long the next attempt has to wait; null when it may be made now.</summary>
    internal TimeSpan? WaitOf(IPAddress? address, string name)
    {
        var source = SourceOf(address);
        return _perName.WaitOf((source, name)) ?? _perAddress.WaitOf(source);
    }

    /// <summary>Counts a failed attempt, and waits before it is answered if the name is under pressure.</summary>
    internal Task Fail(IPAddress? address, string name, CancellationToken cancellationToken)
    {
        Add(address, name);
        return _pressure.Fail(name, cancellationToken);
    }

    /// <summary>Counts a failed attempt.</summary>
    internal void Add(IPAddress? address, string name)
    {
        var source = SourceOf(address);
        _perName.Add((source, name));
        _perAddress.Add(source);
    }

    // One household or one machine has a whole /64 of IPv6 addresses to choose from.
    private static IPAddress SourceOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
