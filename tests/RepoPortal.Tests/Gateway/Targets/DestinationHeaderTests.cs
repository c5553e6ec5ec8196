using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Targets;

namespace RepoPortal.Tests.Gateway.Targets;

public sealed class DestinationHeaderTests
{
    private static readonly ClientOrigin Tls = new("https", "svn.example.org");
    private static readonly RepositoryName Mine = RepositoryName.Parse("mine");

    [Theory]
    [InlineData("https://svn.example.org/repos/mine/!svn/txr/3-4/a%20%23b")]
    [InlineData("https://SVN.example.org:443/repos/mine/!svn/txr/3-4/a%20%23b")]
    [InlineData("/repos/mine/!svn/txr/3-4/a%20%23b")]
    public void Names_the_back_end_as_it_knows_itself(string value)
    {
        Assert.Null(DestinationHeader.Rewrite(value, Tls, Mine, out var upstream));
        Assert.Equal("http://svn.example.org/repos/mine/!svn/txr/3-4/a%20%23b", upstream);
    }

    [Theory]
    [InlineData("http://svn.example.org/repos/mine/x", 502)]
    [InlineData("https://svn.example.org:8443/repos/mine/x", 502)]
    [InlineData("https://127.0.0.1/repos/mine/x", 502)]
    [InlineData("https://svn.example.org/repos/theirs/x", 502)]
    [InlineData("https://svn.example.org/repos/mine/../theirs/x", 400)]
    [InlineData("https://svn.example.org/repos/mine/%2e%2e/theirs/x", 400)]
    [InlineData("https://svn.example.org/repos/mine//x", 400)]
    [InlineData("https://svn.example.org/repos/%6dine/x", 400)]
    [InlineData("https://svn.example.org/elsewhere", 400)]
    [InlineData("https://svn.example.org", 400)]
    [InlineData("https://svn.example.org/repos/mine/x?y", 400)]
    [InlineData("https://svn.example.org/repos/mine/x#y", 400)]
    [InlineData("repos/mine/x", 400)]
    [InlineData("", 400)]
    public void Refuses_other_servers_other_repositories_and_odd_spellings(string value, int status) =>
        Assert.Equal(status, DestinationHeader.Rewrite(value, Tls, Mine, out _)?.Status);

    [Fact]
    public void Refuses_two_of_them() =>
        Assert.Equal(400, DestinationHeader.Rewrite(new(["/repos/mine/a", "/repos/mine/b"]), Tls, Mine, out _)?.Status);

    [Theory]
    [InlineData("http://svn.example.org/repos/mine/trunk/", "https://svn.example.org/repos/mine/trunk/")]
    [InlineData("http://127.0.0.1:4711/repos/mine/%25", "https://svn.example.org/repos/mine/%25")]
    [InlineData("/repos/mine/", "/repos/mine/")]
    public void Locations_in_answers_name_what_the_client_knows(string location, string expected) =>
        Assert.Equal(expected, LocationHeader.Rewrite(location, Tls));
}
