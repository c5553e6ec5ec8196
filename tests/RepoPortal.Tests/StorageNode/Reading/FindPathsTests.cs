using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Reading;

public sealed class FindPathsTests
{
    private static readonly Reader Grace = Reader.Of(UserName.Parse("grace"));

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rdm", "docs/README.md", "docs/[R]EA[DM]E.md")]
    [InlineData("read me", "docs/README.md", "docs/[README].md")]
    [InlineData("docs/r", "docs/README.md", "[docs/R]EADME.md")]
    [InlineData("vco", "src/view/ViewContent.cs", "src/view/[V]iew[Co]ntent.cs")]
    [InlineData("cs", "src/docs/a.cs", "src/docs/a.[cs]")]
    [InlineData("İ", "İ.txt", "[İ].txt")]
    [InlineData("aa", "a", null)]
    [InlineData("ba", "ab", null)]
    public void Letters_are_found_where_somebody_would_look_for_them(string query, string path, string? marked)
    {
        var matcher = new PathMatcher(query);
        Assert.Equal(marked is not null, matcher.Score(path) is not null);
        if (marked is null)
            return;
        var letters = matcher.Mark(path).Letters;
        var text = string.Concat(path.Select((letter, at) => (letters.Contains(at), letters.Contains(at - 1)) switch
        {
            (true, false) => $"[{letter}",
            (false, true) => $"]{letter}",
            _ => $"{letter}",
        }));
        Assert.Equal(marked, letters.Contains(path.Length - 1) ? $"{text}]" : text);
    }

    [Theory]
    [InlineData("model", "src/model.py", "src/models/other.py")]
    [InlineData("test", "src/test.c", "src/latest.c")]
    [InlineData("ice", "ice/run.c", "src/in/case.c")]
    public void What_fits_better_has_more(string query, string better, string worse)
    {
        var matcher = new PathMatcher(query);
        Assert.True(matcher.Score(better) > matcher.Score(worse));
    }

    [Fact]
    public async Task Files_come_from_the_directory_and_revision_that_are_asked_for_and_only_those_that_may_be_seen()
    {
        using var scratch = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var copy = (await node.ProvisionAsync("alpha")).Copy;
        foreach (var path in new[] { "trunk/a/one.txt", "trunk/b/two.txt", "trunk/hidden/three.txt", "branches/x/four.txt" })
        {
            Directory.CreateDirectory(scratch[Path.GetDirectoryName($"tree/{path}")!]);
            await File.WriteAllTextAsync(scratch[$"tree/{path}"], path, _cancellation);
        }

        await svn.RunAsync("import", "-m", "Files", scratch["tree"], svn.Url("alpha", "/"));
        await svn.RunAsync("delete", "-m", "Less", svn.Url("alpha", "/trunk/b"));
        var find = node.Get<FindPaths>();

        Assert.Equal(["a/one.txt", "hidden/three.txt"], Paths(new PathSearch(null, null, null, "", 10)));
        Assert.Equal(["a/one.txt", "b/two.txt", "hidden/three.txt"], Paths(new PathSearch("/trunk", 1, null, "", 10)));
        Assert.Equal(["branches/x/four.txt"], Paths(new PathSearch("/", null, null, "FOUR", 10)));
        Assert.Null(Find(new PathSearch("/trunk", 99, null, "", 10)));
        Assert.Null(Find(new PathSearch("/trunk/a/one.txt", null, null, "", 10)));
        Assert.Null(Find(new PathSearch("/trunk/../trunk", null, null, "", 10)));
        var two = Find(new PathSearch("/", null, null, "", 2))!;
        Assert.Equal((2, 3, 3, true), (two.Paths.Length, two.Matching, two.LookedAt, two.IsWhole));

        await node.Get<WriteAccessFile>().RunAsync(copy, new AccessFile(2, "[/]\n* = rw\n[/trunk/hidden]\ngrace =\n"), _cancellation);
        Assert.Equal(["a/one.txt"], Paths(new PathSearch(null, null, null, "", 10)));
        Assert.Equal(2, Find(new PathSearch("/", null, null, "", 10))!.LookedAt);
        Assert.Null(Find(new PathSearch("/trunk/hidden", null, null, "", 10)));

        await node.Get<WriteAccessFile>().RunAsync(copy, new AccessFile(3, "[/]\n* =\n[/trunk/a]\ngrace = r\n"), _cancellation);
        Assert.Equal(["trunk/a/one.txt"], Paths(new PathSearch(null, null, null, "", 10)));
        Assert.Null(Find(new PathSearch("/branches", null, null, "", 10)));

        FoundPaths? Find(PathSearch search) => find.Run(copy, search, Grace, _cancellation);

        IEnumerable<string> Paths(PathSearch search) => Find(search)!.Paths.Select(match => match.Path);
    }
}
