using System.Globalization;
using System.Xml.Linq;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class LogTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/", 2000, 0, false)]
    [InlineData("/", 2000, 25, false)]
    [InlineData("/trunk", 1800, 40, false)]
    [InlineData("/trunk/README", 2000, 0, false)]
    [InlineData("/trunk/README", 2000, 0, true)]
    [InlineData("/trunk/subversion/libsvn_wc", 1500, 60, false)]
    [InlineData("/trunk/subversion/libsvn_wc", 1500, 60, true)]
    public void Reads_what_svn_log_reads(string path, long revision, int limit, bool stopOnCopy)
    {
        var expected = SvnLog(history.Path, path, revision, limit, stopOnCopy);
        var args = new SvnLogArgs { End = 1, Limit = limit, StrictNodeHistory = stopOnCopy, ChangedPathLimit = int.MaxValue };

        Equal(expected, Look.GetLog(new SvnLookOrigin(history.Path, revision), path, args));

        // A token that can be cancelled takes another way through libsvn.
        using var cancellation = new CancellationTokenSource();
        Equal(expected, Look.GetLog(new SvnLookOrigin(history.Path, revision), path, args, cancellation.Token));
    }

    [Fact]
    public void Bounds_the_changed_paths_of_each_entry()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", "a layout"));
        var entry = Assert.Single(Look.GetLog(new SvnLookOrigin(path), "/", new SvnLogArgs { Limit = 1, ChangedPathLimit = 2 }));
        Assert.Equal(2, entry.ChangedPaths!.Items.Count);
        Assert.True(entry.ChangedPaths.IsTruncated);
        Assert.Null(Look.GetLog(new SvnLookOrigin(path), "/", new SvnLogArgs { Limit = 1 })[0].ChangedPaths);
    }

    [Fact]
    public void Follows_a_copy_unless_told_not_to()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        CommitFile(path, "trunk/a", [1]);
        Commit(path, "cp", "HEAD", "trunk", "branches/one");
        CommitFile(path, "branches/one/a", [2]);

        Assert.Equal([4, 3, 2, 1], Revisions(new SvnLogArgs()));
        Assert.Equal([4, 3], Revisions(new SvnLogArgs { StrictNodeHistory = true }));
        Assert.Equal([4, 3, 2], Revisions(new SvnLogArgs { End = 2 }));
        Assert.Equal([2, 1], Revisions(new SvnLogArgs { Start = 2 }));
        Assert.Empty(Revisions(new SvnLogArgs { Start = 0, End = 0, StrictNodeHistory = true }));
        Assert.Equal([4], Revisions(new SvnLogArgs { Limit = 1 }));
        Assert.Empty(Revisions(new SvnLogArgs { Start = 1, End = 2 }));

        IEnumerable<long> Revisions(SvnLogArgs args) => Look.GetLog(new SvnLookOrigin(path), "/branches/one", args).Select(entry => entry.Revision);
    }

    [Fact]
    public void Refuses_a_path_that_is_not_in_the_revision()
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => Look.GetLog(new SvnLookOrigin(path), "/missing", new SvnLogArgs())).IsNotFound);
        Assert.True(Assert.Throws<SvnException>(() => Look.GetLog(new SvnLookOrigin(path, 1), "/", new SvnLogArgs())).IsNoSuchRevision);
    }

    [Fact]
    public void Throws_on_what_the_receiver_throws()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        var received = 0;

        var thrown = Assert.Throws<InvalidTimeZoneException>(() =>
            Look.Log(new SvnLookOrigin(path), "/", new SvnLogArgs(), _ => throw new InvalidTimeZoneException($"entry {++received}")));

        Assert.Equal("entry 1", thrown.Message);
        Assert.Equal(1, received);
        Assert.Equal(2, Look.GetLog(new SvnLookOrigin(path), "/", new SvnLogArgs()).Count);
    }

    [Fact]
    public void Stops_when_cancelled_between_entries()
    {
        using var cancellation = new CancellationTokenSource();
        var received = new List<long>();

        Assert.Throws<OperationCanceledException>(() => Look.Log(new SvnLookOrigin(history.Path), "/", new SvnLogArgs(), entry =>
        {
            received.Add(entry.Revision);
            if (received.Count == 3) cancellation.Cancel();
        }, cancellation.Token));

        Assert.Equal([2000, 1999, 1998], received);
    }

    private static void Equal(IReadOnlyList<SvnLogEntry> expected, IReadOnlyList<SvnLogEntry> read)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(entry => entry with { ChangedPaths = null }), read.Select(entry => entry with { ChangedPaths = null }));
        Assert.All(expected.Zip(read), pair => Assert.Equal(pair.First.ChangedPaths!.Items, pair.Second.ChangedPaths!.Items));
    }

    private static List<SvnLogEntry> SvnLog(string repository, string path, long revision, int limit, bool stopOnCopy)
    {
        var at = revision.ToString(CultureInfo.InvariantCulture);
        List<string> arguments = ["log", "--xml", "--verbose", "-r", $"{at}:1", new Uri(repository).AbsoluteUri + path + "@" + at];
        if (limit > 0) arguments.AddRange(["--limit", limit.ToString(CultureInfo.InvariantCulture)]);
        if (stopOnCopy) arguments.Add("--stop-on-copy");
        return [.. XDocument.Parse(Tool.Run("svn", [.. arguments])).Descendants("logentry").Select(entry => new SvnLogEntry(
            (long)entry.Attribute("revision")!,
            entry.Element("author")?.Value,
            (DateTimeOffset?)entry.Element("date"),
            entry.Element("msg")!.Value,
            new SvnChangedPaths([.. entry.Descendants("path").Select(ToItem).OrderBy(item => item.Path, StringComparer.Ordinal)], IsTruncated: false)))];
    }

    private static SvnChangeItem ToItem(XElement path) => new(
        path.Value,
        path.Attribute("action")!.Value switch
        {
            "A" => SvnChangeAction.Add,
            "D" => SvnChangeAction.Delete,
            "R" => SvnChangeAction.Replace,
            _ => SvnChangeAction.Modify,
        },
        path.Attribute("kind")!.Value switch { "file" => SvnNodeKind.File, "dir" => SvnNodeKind.Directory, _ => SvnNodeKind.Unknown },
        (bool)path.Attribute("text-mods")!,
        (bool)path.Attribute("prop-mods")!,
        path.Attribute("copyfrom-path")?.Value,
        (long?)path.Attribute("copyfrom-rev"));
}
