using RepoPortal.Gateway.Targets;

namespace RepoPortal.Tests.Gateway.Targets;

public sealed class BrowserPageTests
{
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Theory]
    [InlineData("GET", "/repos/mine", Browser, "/r/mine")]
    [InlineData("GET", "/repos/mine/", Browser, "/r/mine")]
    [InlineData("GET", "/repos/mine/trunk/a%20b/", Browser, "/r/mine/tree/trunk/a%20b")]
    [InlineData("GET", "/repos/mine/trunk/", "*/*", null)]
    [InlineData("GET", "/repos/mine/trunk/", null, null)]
    [InlineData("GET", "/repos/mine/trunk/file.html", Browser, null)]
    [InlineData("GET", "/repos/mine/trunk/?p=4", Browser, null)]
    [InlineData("GET", "/repos/mine/!svn/rvr/3/", Browser, null)]
    [InlineData("GET", "/repos/Impossible/", Browser, null)]
    [InlineData("PROPFIND", "/repos/mine/", Browser, null)]
    public void Only_a_browser_that_asks_for_a_directory_is_sent_to_its_page(string method, string rawTarget, string? accept, string? page)
    {
        Assert.True(RequestTarget.TryParse(rawTarget, new ClientOrigin("http", "localhost"), out var target, out _));
        Assert.Equal(page, BrowserPage.Of(target, method, accept));
    }
}
