using System.Globalization;
using System.Xml.Linq;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class ListTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/", 2000)]
    [InlineData("/trunk", 1999)]
    [InlineData("/trunk/subversion", 1500)]
    [InlineData("/trunk/subversion/libsvn_wc", 1234)]
    [InlineData("/trunk/subversion/tests", 700)]
    [InlineData("/trunk/notes", 250)]
    public void Lists_what_svn_lists(string path, long revision)
    {
        var expected = SvnList(history.Path, path, revision);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Look.List(new SvnLookOrigin(history.Path, revision), path).Select(entry => entry with { HasProperties = false }));
    }

    [Fact]
    public void Lists_names_in_any_script()
    {
        var path = CreateRepository();
        string[] names = ["Übersicht.txt", "数据.csv", "naïve 🦜", "100%", "a?b#c&d", "back\\slash", "quote\"d"];
        foreach (var name in names) CommitFile(path, Uri.EscapeDataString(name), [1, 2, 3]);

        var listed = Look.List(new SvnLookOrigin(path), "/");

        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Select(entry => entry.Name));
        Assert.All(listed, entry => Assert.Equal((SvnNodeKind.File, 3L, "alice"), (entry.NodeKind, entry.FileSize, entry.Author)));
        Assert.All(names, name => Assert.Equal(name, Look.GetInfo(new SvnLookOrigin(path), name)!.Name));
    }

    [Fact]
    public void Shows_a_commit_at_once()
    {
        var path = CreateRepository();
        Assert.Empty(Look.List(new SvnLookOrigin(path), "/"));
        Commit(path, "mkdir", "trunk");
        var trunk = Assert.Single(Look.List(new SvnLookOrigin(path), "/"));
        Assert.Equal(("trunk", SvnNodeKind.Directory, null, 1L), (trunk.Name, trunk.NodeKind, trunk.FileSize, trunk.Revision));
    }

    [Fact]
    public void Shows_a_message_that_was_changed_at_once()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "trunk");
        Commit(path, "mkdir", "branches");
        _ = Look.List(new SvnLookOrigin(path), "/");
        foreach (var revision in (string[])["1", "2"])
        {
            var message = Path.Combine(Path.GetDirectoryName(path)!, "message");
            File.WriteAllText(message, $"another for {revision}");
            Tool.Run("svnadmin", "setlog", "--bypass-hooks", "-r", revision, path, message);
        }

        Assert.Equal(["another for 2", "another for 1"], Look.List(new SvnLookOrigin(path), "/").Select(entry => entry.Message));
    }

    [Fact]
    public void Tells_a_missing_path_a_file_and_a_missing_revision_apart()
    {
        var path = CreateRepository();
        CommitFile(path, "readme", "hello"u8.ToArray());

        Assert.True(Refused("/missing", null).Contains(SvnErrorCode.FsNotFound));
        Assert.True(Refused("/readme", null).Contains(SvnErrorCode.FsNotDirectory));
        Assert.True(Refused("/", 2).IsNoSuchRevision);
        Assert.True(Refused("/", -1).IsNotFound);
        Assert.All([("/missing", null), ("/readme", null), ("/", 2L)], ((string Path, long? Revision) at) => Assert.True(Refused(at.Path, at.Revision).IsNotFound));

        SvnException Refused(string inside, long? revision) =>
            Assert.Throws<SvnException>(() => Look.List(new SvnLookOrigin(path, revision), inside));
    }

    [Theory]
    [InlineData("/trunk/../secret")]
    [InlineData("..")]
    [InlineData("/a\0b")]
    public void Refuses_a_path_that_cannot_name_anything(string inside)
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => Look.List(new SvnLookOrigin(path), inside)).IsPathSyntax);
    }

    [Fact]
    public void Refuses_a_path_with_half_a_character()
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => Look.List(new SvnLookOrigin(path), "/\ud83e")).IsPathSyntax);
        Assert.True(Assert.Throws<SvnException>(() => Look.List(new SvnLookOrigin(path), "/\ude9c\ud83e")).IsPathSyntax);
        Assert.True(Assert.Throws<SvnException>(() => Look.List(new SvnLookOrigin(path), "/\ud83e\ude9c")).IsNotFound);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        Assert.Throws<OperationCanceledException>(() => Look.List(new SvnLookOrigin(path), "/", new CancellationToken(canceled: true)));
    }

    private static IEnumerable<SvnDirEntry> SvnList(string repository, string path, long revision)
    {
        var url = new Uri(repository).AbsoluteUri + path + "@" + revision.ToString(CultureInfo.InvariantCulture);
        return XDocument.Parse(Tool.Run("svn", "list", "--xml", url)).Descendants("entry").Select(entry =>
        {
            var commit = entry.Element("commit")!;
            return new SvnDirEntry(
                entry.Element("name")!.Value,
                entry.Attribute("kind")!.Value == "dir" ? SvnNodeKind.Directory : SvnNodeKind.File,
                (long?)entry.Element("size"),
                HasProperties: false,
                (long)commit.Attribute("revision")!,
                commit.Element("author")?.Value,
                (DateTimeOffset?)commit.Element("date"),
                Tool.Run("svnlook", "propget", "--revprop", "-r", commit.Attribute("revision")!.Value, repository, "svn:log"));
        }).OrderBy(entry => entry.Name, StringComparer.Ordinal);
    }
}
