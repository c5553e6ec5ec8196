using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class PropertyTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/trunk")]
    [InlineData("/trunk/subversion/libsvn_wc")]
    [InlineData("/trunk/README")]
    public void Reads_what_svnlook_proplist_reads(string path)
    {
        var expected = Tool.Run("svnlook", "proplist", history.Path, path).Lines().Skip(1).Select(line => line.Trim())
            .ToDictionary(name => name, name => Tool.Run("svnlook", "propget", history.Path, name, path));
        Assert.Equal(expected, Look.GetProperties(new SvnLookOrigin(history.Path), path).ToDictionary(property => property.Key, property => property.Value.StringValue));
    }

    [Fact]
    public void Reads_bytes_that_are_not_text()
    {
        var path = CreateRepository();
        byte[] bytes = [0, 255, 10, 13, 0, 128];
        File.WriteAllBytes(NewPath("value"), bytes);
        Commit(path, "propsetf", "icon", NewPath("value"), "", "propset", "size", "groß", "");

        var properties = Look.GetProperties(new SvnLookOrigin(path), "/");

        Assert.Equal(bytes, properties["icon"].RawValue.ToArray());
        Assert.Equal("groß", properties["size"].StringValue);
        Assert.True(Look.GetInfo(new SvnLookOrigin(path), "/")!.HasProperties);
        Assert.False(Look.GetInfo(new SvnLookOrigin(path, 0), "/")!.HasProperties);
    }

    [Fact]
    public void Refuses_a_missing_path()
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => Look.GetProperties(new SvnLookOrigin(path), "/missing")).IsNotFound);
    }
}
