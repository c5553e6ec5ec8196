using System.Globalization;
using System.Xml.Linq;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class TreeComparisonTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/trunk", 1200, 1210)]
    [InlineData("/trunk/subversion", 700, 1900)]
    [InlineData("/trunk/README", 100, 1900)]
    public void Finds_what_svn_diff_finds(string path, long from, long to)
    {
        var (old, present) = (from.ToString(CultureInfo.InvariantCulture), to.ToString(CultureInfo.InvariantCulture));
        var url = new Uri(history.Path).AbsoluteUri + path;
        var expected = XDocument.Parse(Tool.Run("svn", "diff", "--xml", "--summarize", "--ignore-properties", "--old", $"{url}@{old}", "--new", $"{url}@{present}"))
            .Descendants("path").Where(item => item.Attribute("kind")!.Value == "file")
            .Select(item => (Uri.UnescapeDataString(item.Value)[Uri.UnescapeDataString(url).Length..].TrimStart('/'), item.Attribute("item")!.Value)).Order();

        var found = Compare(history.Path, new(path, from), new(path, to), static _ => true)
            .Where(difference => (difference.ToKind == SvnNodeKind.None ? difference.FromKind : difference.ToKind) == SvnNodeKind.File)
            .Where(difference => difference.ContentDiffers || difference.FromKind != difference.ToKind)
            .Select(difference => (difference.Path, (difference.FromKind, difference.ToKind) switch
            {
                (SvnNodeKind.None, _) => "added",
                (_, SvnNodeKind.None) => "deleted",
                _ => "modified",
            })).Order();

        Assert.NotEmpty(found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Takes_what_may_not_be_seen_for_not_there()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        CommitFile(path, "trunk/open", [1]);
        CommitFile(path, "trunk/hidden", [1]);
        Commit(path, "cp", "HEAD", "trunk/hidden", "trunk/shown");

        var found = Compare(path, new("/trunk", 1), new("/trunk", 4), place => place != "/trunk/hidden").Select(difference => difference.Path);

        Assert.Equal(["open", "shown"], found);
    }

    private List<SvnTreeDifference> Compare(string repository, SvnNodeLocation from, SvnNodeLocation to, Func<string, bool> maySee)
    {
        var found = new List<SvnTreeDifference>();
        Look.CompareTrees(repository, from, to, maySee, difference =>
        {
            found.Add(difference);
            return true;
        });
        return found;
    }
}
