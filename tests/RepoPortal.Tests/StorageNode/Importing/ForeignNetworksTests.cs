using System.Net;
using Microsoft.Extensions.Options;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Importing.Sources;

namespace RepoPortal.Tests.StorageNode.Importing;

public sealed class ForeignNetworksTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    public void Leads_into_no_network_behind_the_node(string address) => Assert.False(Networks().Allow(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("2606:2800:220:1::1")]
    public void Leads_to_the_public_networks(string address) => Assert.True(Networks().Allow(IPAddress.Parse(address)));

    [Fact]
    public void Leads_where_the_operator_allows()
    {
        var networks = Networks("10.20.0.0/16", "fd00:20::/32");
        Assert.True(networks.Allow(IPAddress.Parse("10.20.30.40")));
        Assert.True(networks.Allow(IPAddress.Parse("::ffff:10.20.30.40")));
        Assert.True(networks.Allow(IPAddress.Parse("fd00:20::1")));
        Assert.False(networks.Allow(IPAddress.Parse("10.21.0.1")));
    }

    private static ForeignNetworks Networks(params string[] allowed) => new(Options.Create(new StorageNodeOptions { ImportNetworks = allowed }));
}
