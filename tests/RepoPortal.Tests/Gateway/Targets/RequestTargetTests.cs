using RepoPortal.Gateway.Targets;

namespace RepoPortal.Tests.Gateway.Targets;

public sealed class RequestTargetTests
{
    private static readonly ClientOrigin Origin = new("http", "svn.example.org:8080");

    [Theory]
    [InlineData("/repos", true)]
    [InlineData("/repos?x", true)]
    [InlineData("/repos/a", true)]
    [InlineData("/repos/../etc", true)]
    [InlineData("http://svn.example.org:8080/repos/mine", true)]
    [InlineData("http://other.example.org/repos/mine", true)]
    [InlineData("/repositories", false)]
    [InlineData("/x/../repos/mine", false)]
    [InlineData("/%72epos/mine", false)]
    [InlineData("//repos/mine", false)]
    [InlineData("/r/http://x/repos/mine", false)]
    [InlineData("*", false)]
    [InlineData("svn.example.org:443", false)]
    [InlineData("", false)]
    public void Knows_what_is_for_the_gateway(string rawTarget, bool expected) => Assert.Equal(expected, RequestTarget.IsForGateway(rawTarget));

    [Theory]
    [InlineData("http://svn.example.org:8080/repos/mine/a%20b?p=3")]
    [InlineData("HTTP://SVN.example.ORG:8080/repos/mine/a%20b?p=3")]
    [InlineData("/repos/mine/a%20b?p=3")]
    public void Reduces_absolute_form_for_this_server_to_its_path(string rawTarget)
    {
        Assert.True(RequestTarget.TryParse(rawTarget, Origin, out var target, out _));
        Assert.Equal("/repos/mine/a%20b?p=3", target.PathAndQuery);
        Assert.Equal("/repos/mine/a%20b", target.Path.Text);
        Assert.True(target.HasQuery);
    }

    [Theory]
    [InlineData("http://other.example.org:8080/repos/mine")]
    [InlineData("http://svn.example.org/repos/mine")]
    [InlineData("https://svn.example.org:8080/repos/mine")]
    [InlineData("http://user@svn.example.org:8080/repos/mine")]
    [InlineData("/repos/mine#x")]
    [InlineData("/repos/mine?x#y")]
    [InlineData("/repos/mine/../theirs?x")]
    public void Refuses_other_servers_and_fragments(string rawTarget) =>
        Assert.False(RequestTarget.TryParse(rawTarget, Origin, out _, out _));

    [Theory]
    [InlineData("http", "example.org", "example.org:80", true)]
    [InlineData("https", "example.org:443", "EXAMPLE.org", true)]
    [InlineData("https", "example.org", "example.org:80", false)]
    [InlineData("http", "[::1]:8080", "[::1]:8080", true)]
    [InlineData("http", "example.org", "user@example.org", false)]
    public void Compares_hosts_without_case_and_default_ports(string scheme, string host, string authority, bool same) =>
        Assert.Equal(same, new ClientOrigin(scheme, host).Is(scheme, authority));
}
