using System.Xml.Linq;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Access;

/// <summary>Somebody whom path rules keep out of a directory: what the portal reads for them is what svn tells them.</summary>
public sealed class LimitedReaderTests : IAsyncLifetime
{
    private const string Rules = "[/]\nada = rw\nbob = rw\ncarl = r\n\n[/trunk/secret]\nbob =\ncarl =\n";

    private static readonly Reader Bob = Reader.Of(UserName.Parse("bob"));

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private RunningNode _node = null!;
    private RepositoryCopy _copy;

    public async ValueTask InitializeAsync()
    {
        _node = await RunningNode.StartAsync();
        _copy = (await _node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await using var svn = await _node.SvnAsync("ada");
        await svn.RunAsync("mkdir", "-m", "Only what is hidden", svn.Url("alpha", "/trunk/secret"), svn.Url("alpha", "/trunk/secret/plan"));
        await svn.RunAsync("mkdir", "-m", "Only what is open", svn.Url("alpha", "/trunk/open"), svn.Url("alpha", "/trunk/open/docs"));
        await svn.RunAsync("mkdir", "-m", "Some of both", svn.Url("alpha", "/trunk/open/both"), svn.Url("alpha", "/trunk/secret/both"));
        await svn.RunAsync("copy", "-m", "Out of what is hidden", svn.Url("alpha", "/trunk/secret/plan"), svn.Url("alpha", "/trunk/open/plan"));
        await svn.RunAsync("move", "-m", "Into what is hidden", svn.Url("alpha", "/trunk/open/docs"), svn.Url("alpha", "/trunk/secret/docs"));
        await _node.Get<WriteAccessFile>().RunAsync(_copy, new AccessFile(2, Rules), _cancellation);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Is_told_of_each_revision_what_svn_log_tells()
    {
        await using var svn = await _node.SvnAsync("bob");
        var log = XDocument.Parse(await svn.RunAsync("log", "--xml", "--verbose", svn.Url("alpha"))).Root!.Elements("logentry")
            .ToDictionary(entry => (long)entry.Attribute("revision")!, SightOf);

        var sights = _node.Get<ReviewRevisions>().Run(_copy, [1, 2, 3, 4, 5, 6], Bob, _cancellation);

        Assert.Equal(
            [RevisionVisibility.Full, RevisionVisibility.None, RevisionVisibility.Full, RevisionVisibility.Partial, RevisionVisibility.Partial, RevisionVisibility.Partial],
            sights.Select(sight => sight.Visibility));
        Assert.Equal(["/", null, "/trunk", "/trunk/open", "/trunk/open", "/trunk/open"], sights.Select(sight => sight.CommonPath));
        foreach (var (sight, revision) in sights.Zip([1L, 2, 3, 4, 5, 6]))
            Assert.Equal((sight.Visibility, sight.ChangedPaths), log.TryGetValue(revision, out var told) ? told : (RevisionVisibility.None, 0));
    }

    [Fact]
    public void Sees_neither_what_is_hidden_nor_who_changed_it_last()
    {
        var list = _node.Get<ListDirectory>();

        Assert.Null(list.Run(_copy, "/trunk/secret", null, Bob, _cancellation));
        Assert.Null(list.Run(_copy, "/trunk/secret/plan", null, Bob, _cancellation));
        var trunk = list.Run(_copy, "/trunk", null, Bob, _cancellation)!;
        Assert.Equal(["open"], trunk.Entries.Select(entry => entry.Name));
        Assert.Equal(["open", "secret"], list.Run(_copy, "/trunk", null, Reader.System, _cancellation)!.Entries.Select(entry => entry.Name));
        // Revision 2 changed nothing that is open; revision 4 changed both.
        var then = Assert.Single(list.Run(_copy, "/", 2, Bob, _cancellation)!.Entries, entry => entry.Name == "trunk");
        Assert.Equal((2L, null, null, ""), (then.Revision, then.Author, then.At, then.Message));
        var both = Assert.Single(list.Run(_copy, "/trunk", 4, Bob, _cancellation)!.Entries);
        Assert.Equal(("ada", ""), (both.Author, both.Message));
        Assert.NotNull(both.At);
    }

    [Fact]
    public async Task Is_let_in_by_the_next_file_however_soon_it_comes()
    {
        var (write, list) = (_node.Get<WriteAccessFile>(), _node.Get<ListDirectory>());
        for (var version = 3; version < 23; version++)
        {
            var isOpen = version % 2 == 0;
            await write.RunAsync(_copy, new AccessFile(version, isOpen ? "[/]\nbob = r\n" : Rules), _cancellation);
            Assert.Equal(isOpen, list.Run(_copy, "/trunk/secret", null, Bob, _cancellation) is not null);
        }

        // One that was overtaken changes nothing.
        await write.RunAsync(_copy, new AccessFile(5, "[/]\n"), _cancellation);
        Assert.NotNull(list.Run(_copy, "/trunk/secret", null, Bob, _cancellation));
    }

    [Fact]
    public async Task Lists_with_svn_what_is_open_and_nothing_else()
    {
        await using var svn = await _node.SvnAsync("bob");

        var listed = await svn.RunAsync("ls", "--recursive", svn.Url("alpha"));

        Assert.Equal(["branches/", "tags/", "trunk/", "trunk/open/", "trunk/open/both/", "trunk/open/plan/"], listed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Whoever_is_kept_out_of_nothing_copies_the_root_where_there_are_no_path_rules()
    {
        await _node.Get<WriteAccessFile>().RunAsync(_copy, new AccessFile(3, "[/]\nbob = rw\n"), _cancellation);
        await using var svn = await _node.SvnAsync("bob");

        await Command.RunAsync("svnmucc", "--non-interactive", "-m", "All of it", "cp", "HEAD", svn.Url("alpha"), svn.Url("alpha", "/x"));

        Assert.NotNull(_node.Get<ListDirectory>().Run(_copy, "/x/trunk", null, Bob, _cancellation));
    }

    [Theory]
    [InlineData("", "/x")]
    [InlineData("/trunk", "/x")]
    [InlineData("/trunk/secret", "/x")]
    [InlineData("/trunk/secret/plan", "/trunk/open/x")]
    public async Task Cannot_copy_what_is_hidden_to_where_it_is_not(string from, string to)
    {
        await using var svn = await _node.SvnAsync("bob");

        await Command.TryAsync("svnmucc", "--non-interactive", "-m", "Mine now", "cp", "HEAD", svn.Url("alpha", from), svn.Url("alpha", to));

        var system = _node.Get<ListDirectory>().Run(_copy, to, null, Reader.System, _cancellation);
        Assert.Null(system);
    }

    private static (RevisionVisibility, int) SightOf(XElement entry)
    {
        var paths = entry.Element("paths")?.Elements("path").Count() ?? 0;
        var visibility = entry.Element("msg") is { Value.Length: > 0 } ? RevisionVisibility.Full : entry.Element("author") is null ? RevisionVisibility.None : RevisionVisibility.Partial;
        return (visibility, paths);
    }
}
