using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;

namespace RepoPortal.Svn.Tests.Paths;

public sealed unsafe class FsPathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("trunk")]
    [InlineData("/trunk/")]
    [InlineData("//trunk///a//b/")]
    [InlineData("./trunk/./a/.")]
    [InlineData("trunk/.hidden/...")]
    [InlineData("a b/ö/数据/100%/x?y#z/back\\slash")]
    public void Canonicalizes_as_the_library_does(string path)
    {
        using var pool = new SvnPool();
        var relative = Utf8.String(SvnSubr.svn_relpath_canonicalize(path.TrimStart('/'), pool));
        Assert.Equal("/" + relative, FsPath.Canonicalize(path));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/../a")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData("a\0b")]
    public void Refuses_what_cannot_name_anything(string path)
    {
        var refused = Assert.Throws<SvnException>(() => FsPath.Canonicalize(path));
        Assert.True(refused.IsPathSyntax);
        Assert.DoesNotContain('\0', refused.Message);
    }

    [Theory]
    [InlineData("..a")]
    [InlineData("a..")]
    [InlineData("...")]
    public void Accepts_dots_in_names(string path) => Assert.Equal("/" + path, FsPath.Canonicalize(path));
}
