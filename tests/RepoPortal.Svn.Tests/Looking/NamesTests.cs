using System.Security.Cryptography;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class NamesTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/")]
    [InlineData("trunk/subversion")]
    public void The_names_are_those_of_the_whole_list_and_some_of_it_is_what_the_list_has(string directory)
    {
        var origin = new SvnLookOrigin(history.Path, 2000);
        var all = Look.List(origin, directory);
        var names = Look.ListNames(origin, directory);

        Assert.Equal(all.Select(entry => new SvnDirName(entry.Name, entry.NodeKind)), names.OrderBy(entry => entry.Name, StringComparer.Ordinal));
        Assert.Equal(all.Reverse().Take(3), Look.List(origin, directory, [.. all.Reverse().Take(3).Select(entry => new SvnDirName(entry.Name, entry.NodeKind))]));
    }

    [Fact]
    public void Refuses_names_that_are_not_there()
    {
        var origin = new SvnLookOrigin(history.Path, 2000);
        Assert.True(Assert.Throws<SvnException>(() => Look.List(origin, "/", [new SvnDirName("nothing", SvnNodeKind.File)])).IsNotFound);
        Assert.True(Assert.Throws<SvnException>(() => Look.ListNames(origin, "/trunk/README")).IsNotFound);
        Assert.True(Assert.Throws<SvnException>(() => Look.ListNames(origin, "/../trunk")).IsPathSyntax);
    }

    [Fact]
    public void The_digest_is_that_of_the_content()
    {
        var path = CreateRepository();
        var content = "some content"u8.ToArray();
        CommitFile(path, "file", content);
#pragma warning disable CA5351 // What the repository keeps is an MD5.
        Assert.Equal(Convert.ToHexStringLower(MD5.HashData(content)), Look.GetMd5(new SvnLookOrigin(path), "/file"));
#pragma warning restore CA5351
        Assert.True(Assert.Throws<SvnException>(() => Look.GetMd5(new SvnLookOrigin(path), "/")).IsNotFound);
    }

    [Fact]
    public void A_moment_names_the_revision_that_was_the_youngest_then()
    {
        var revision = Look.GetRevisionProperties(new SvnLookOrigin(history.Path, 1000))["svn:date"].StringValue;
        var at = DateTimeOffset.Parse(revision, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(1000, Look.GetDatedRevision(history.Path, at));
        Assert.Equal(999, Look.GetDatedRevision(history.Path, at.AddTicks(-TimeSpan.TicksPerMicrosecond)));
        Assert.Equal(0, Look.GetDatedRevision(history.Path, DateTimeOffset.UnixEpoch));
        Assert.Equal(2000, Look.GetDatedRevision(history.Path, TimeProvider.System.GetUtcNow()));
    }
}
