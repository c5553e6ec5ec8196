using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RepoPortal.Gateway;
using RepoPortal.Gateway.Throttling;

namespace RepoPortal.Tests.Gateway.Throttling;

public sealed class FailedAttemptsTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private readonly FailedAttempts _failures = new(Options.Create(new GatewayOptions { FailedAttemptsPerName = 2, FailedAttemptsPerAddress = 5 }), new FakeTimeProvider());

    [Fact]
    public void One_name_is_slowed_down_before_its_whole_address()
    {
        Fail(Home, "ada", 2);
        Assert.NotNull(_failures.WaitOf(Home, "ada"));
        Assert.Null(_failures.WaitOf(Home, "bob"));
        Assert.Null(_failures.WaitOf(IPAddress.Parse("192.0.2.2"), "ada"));
    }

    [Fact]
    public void An_address_that_tries_many_names_is_slowed_down_for_all()
    {
        for (var i = 0; i < 5; i++)
            Fail(Home, $"name {i}", 1);
        Assert.NotNull(_failures.WaitOf(Home, "ada"));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    public void One_network_counts_as_one_address(string first, string second, bool same)
    {
        Fail(IPAddress.Parse(first), "ada", 2);
        Assert.Equal(same, _failures.WaitOf(IPAddress.Parse(second), "ada") is not null);
    }

    private void Fail(IPAddress address, string name, int times)
    {
        for (var i = 0; i < times; i++)
            _failures.Add(address, name);
    }
}
