using CsCheck;
using RepoPortal.Gateway.Targets;

namespace RepoPortal.Tests.Gateway.Targets;

public sealed class RepositoryPathTests
{
    [Theory]
    [InlineData("/repos/mine", "")]
    [InlineData("/repos/mine/", "/")]
    [InlineData("/repos/mine/trunk/a%20file", "/trunk/a%20file")]
    [InlineData("/repos/mine/!svn/rvr/12/trunk", "/!svn/rvr/12/trunk")]
    [InlineData("/repos/mine/100%25/%3F%23%5Bx%5D/%E2%82%AC", "/100%25/%3F%23%5Bx%5D/%E2%82%AC")]
    [InlineData("/repos/mine/%5Cwindows", "/%5Cwindows")]
    [InlineData("/repos/mine/.svnignore/..x/x../...", "/.svnignore/..x/x../...")]
    [InlineData("/repos/mine/%252e%252e/x", "/%252e%252e/x")]
    [InlineData("/repos/mine/a;b=c,d:e@f&g=h+i$j!k*l'm(n)~", "/a;b=c,d:e@f&g=h+i$j!k*l'm(n)~")]
    public void Takes_a_path_as_it_is_spelled(string text, string inRepository)
    {
        Assert.True(RepositoryPath.TryParse(text, out var path, out _));
        Assert.Equal("mine", path.Name?.Value);
        Assert.Equal(inRepository, path.InRepository);
        Assert.Equal(text, path.Text);
    }

    [Theory]
    [InlineData("/repos/mine/../theirs/x")]
    [InlineData("/repos/mine/%2e%2e/theirs")]
    [InlineData("/repos/mine/.%2E/theirs")]
    [InlineData("/repos/mine/%2e./theirs")]
    [InlineData("/repos/mine/..")]
    [InlineData("/repos/mine/.")]
    [InlineData("/repos/./mine")]
    [InlineData("/repos/../repos/mine")]
    [InlineData("/repos//mine")]
    [InlineData("/repos/mine//x")]
    [InlineData("/repos/mine/x//")]
    [InlineData("/repos/mine%2ftheirs")]
    [InlineData("/repos/mine/a%2Fb")]
    [InlineData("/repos/mine/a%00b")]
    [InlineData("/repos/%6dine/x")]
    [InlineData("/repos/mine%20/x")]
    [InlineData("/repos/mine/%")]
    [InlineData("/repos/mine/%4")]
    [InlineData("/repos/mine/%zz")]
    [InlineData("/repos/mine/%2%65")]
    [InlineData("/repos/mine/..\\theirs")]
    [InlineData("/repos/mine/a#b")]
    [InlineData("/repos/mine/a b")]
    [InlineData("/repos/mine/\u20ac")]
    [InlineData("/repository/mine")]
    public void Refuses_what_httpd_could_resolve_differently(string text)
    {
        Assert.False(RepositoryPath.TryParse(text, out _, out var refusal));
        Assert.EndsWith(".", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/repos/Mine")]
    [InlineData("/repos/x")]
    [InlineData("/repos/-mine/trunk")]
    [InlineData("/repos/mine..x")]
    public void Knows_no_repository_for_an_impossible_name(string text)
    {
        Assert.True(RepositoryPath.TryParse(text, out var path, out _));
        Assert.Null(path.Name);
        Assert.False(path.IsRoot);
    }

    [Theory]
    [InlineData("/repos")]
    [InlineData("/repos/")]
    public void Tells_the_root_from_a_repository(string text)
    {
        Assert.True(RepositoryPath.TryParse(text, out var path, out _));
        Assert.True(path.IsRoot);
    }

    [Fact]
    public void Whatever_is_let_through_is_the_same_repository_to_httpd()
    {
        var piece = Gen.OneOf(
            "/", "/", "/", ".", "..", "%2e", "%2E", "%2", "%", "%25", "%2f", "%2F", "%5c", "%00", "\\", "mine", "theirs", "%6d", "%72", "repos", "//", "2e", "%252e", "%%32e", ";", "!svn", "a", "%E2%82%AC");
        piece.Array[0, 12].Select(pieces => "/repos/" + string.Concat(pieces)).Sample(
            text =>
            {
                if (!RepositoryPath.TryParse(text, out var path, out _) || path.Name is not { } name)
                    return;
                var resolved = HttpdResolution.Of(text);
                Assert.NotNull(resolved);
                Assert.Equal(name.Value, resolved[0]);
                Assert.Equal(text.TrimEnd('/').Split('/').Length, resolved.Length + 2);
            },
            iter: 20_000);
    }
}
