using System.Globalization;
using System.Xml.Linq;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class HistoryTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/trunk/README", 2000)]
    [InlineData("/trunk/subversion/libsvn_wc", 1500)]
    [InlineData("/trunk/subversion/libsvn_fs/fs.c", 1000)]
    public void Walks_through_the_revisions_of_svn_log(string path, long revision)
    {
        var at = revision.ToString(CultureInfo.InvariantCulture);
        var expected = XDocument.Parse(Tool.Run("svn", "log", "--xml", "--quiet", "-r", $"{at}:1", new Uri(history.Path).AbsoluteUri + path + "@" + at))
            .Descendants("logentry").Select(entry => (long)entry.Attribute("revision")!);

        Assert.Equal(expected, Walk(history.Path, path, revision).Select(place => place.Revision));
    }

    [Fact]
    public void Goes_on_under_the_name_from_before_a_copy_and_ends_when_told()
    {
        var path = Copied();
        Assert.Equal(
            [new("/branches/one/a", 4), new("/branches/one/a", 3), new("/trunk/a", 2)],
            Walk(path, "/branches/one/a", 4));
        var seen = 0;
        Look.VisitHistory(new SvnLookOrigin(path), "/branches/one/a", _ => ++seen < 2);
        Assert.Equal(2, seen);
        Assert.True(Assert.Throws<SvnException>(() => Walk(path, "/nothing", 4)).IsNotFound);
    }

    [Fact]
    public void Knows_the_copy_that_brought_a_path_to_where_it_is()
    {
        var path = Copied();
        Assert.Equal(new SvnCopy(new("/branches/one", 3), new("/trunk", 2)), Look.GetCopy(new SvnLookOrigin(path), "/branches/one/a"));
        Assert.Null(Look.GetCopy(new SvnLookOrigin(path), "/trunk/a"));
    }

    [Fact]
    public void Hands_over_changes_one_by_one_with_their_copy_sources_until_told_to_end()
    {
        var path = Copied();
        var expected = Look.GetChangedPaths(new SvnLookOrigin(path, 3)).Items;
        var seen = new List<SvnChangeItem>();
        Look.VisitChanges(new SvnLookOrigin(path, 3), change =>
        {
            seen.Add(change);
            return true;
        });
        Assert.Equal(expected, seen);
        Assert.Equal("/trunk", Assert.Single(seen).CopyFromPath);

        var count = 0;
        Look.VisitChanges(new SvnLookOrigin(path, 1), _ => ++count < 2);
        Assert.Equal(2, count);
    }

    private string Copied()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        CommitFile(path, "trunk/a", [1]);
        Commit(path, "cp", "HEAD", "trunk", "branches/one");
        CommitFile(path, "branches/one/a", [2]);
        return path;
    }

    private List<SvnNodeLocation> Walk(string repository, string path, long revision)
    {
        var places = new List<SvnNodeLocation>();
        Look.VisitHistory(new SvnLookOrigin(repository, revision), path, place =>
        {
            places.Add(place);
            return true;
        });
        return places;
    }
}
