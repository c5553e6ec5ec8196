using System.Text.Json;
using System.Xml.Linq;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.History;

/// <summary>Who wrote lines that were merged; <c>svn blame -g</c> is asked whether it is so.</summary>
public sealed class MergedBlameTests : IAsyncLifetime
{
    private readonly HistoryScene _scene = new();

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task It_is_what_svn_says_also_of_what_was_merged_into_what_was_merged()
    {
        var lines = Enumerable.Range(0, 30).Select(line => $"line {line}").ToList();
        await WriteAsync("trunk", lines, "Begun");
        await CopyAsync("trunk", "branches/a");
        await CopyAsync("branches/a", "branches/b");
        List<string> here = [.. lines], a = [.. lines], b = [.. lines];
        here[2] = "from the trunk";
        await WriteAsync("trunk", here, "On the trunk");
        a[10] = "from a";
        a.Insert(11, "also from a");
        await WriteAsync("branches/a", a, "On a", "bob");
        b[20] = "from b";
        await WriteAsync("branches/b", b, "On b", "bob");
        await MergeAsync("branches/b", "branches/a");
        await ExpectWhatSvnSaysAsync("branches/a/model.txt");
        await MergeAsync("branches/a", "trunk");
        await ExpectWhatSvnSaysAsync("trunk/model.txt");
        here = [.. await File.ReadAllLinesAsync(Path.Combine(_scene.WorkingCopy, "trunk/model.txt"), TestContext.Current.CancellationToken)];
        here[25] = "after the merge";
        here.RemoveAt(10);
        await WriteAsync("trunk", here, "After the merge");
        await MergeAsync("trunk", "branches/b");
        await ExpectWhatSvnSaysAsync("trunk/model.txt");
        await ExpectWhatSvnSaysAsync("branches/b/model.txt");

        var credited = _scene.Blame("trunk/model.txt", creditMerged: true).Value!;
        Assert.True(credited.IsMergedCredited);
        Assert.Contains("/branches/b/model.txt", credited.Revisions.Select(revision => revision.MergedFrom?.Path));
        Assert.All(_scene.Blame("trunk/model.txt").Value!.Revisions, revision => Assert.Null(revision.MergedFrom));
        Assert.NotEqual(credited.Blocks, _scene.Blame("trunk/model.txt").Value!.Blocks);
    }

    [Fact]
    public async Task Whoever_may_not_see_where_it_was_merged_from_is_told_who_merged_it()
    {
        await _scene.WriteAsync("trunk/open/model.txt", "one\ntwo\nthree\n");
        await _scene.CommitAsync("Begun");
        await CopyAsync("trunk/open", "trunk/vault");
        await _scene.WriteAsync("trunk/vault/model.txt", "one\ntwo, better\nthree\n");
        var written = await _scene.CommitAsync("In the vault");
        var merged = await MergeAsync("trunk/vault", "trunk/open");

        Assert.Contains(written, _scene.Blame("trunk/open/model.txt", creditMerged: true).Value!.Blocks.Select(block => block.Revision!.Value));
        var bob = _scene.Blame("trunk/open/model.txt", HistoryScene.Bob, creditMerged: true).Value!;
        Assert.True(bob.IsMergedCredited);
        Assert.Equal([2L, merged, 2L], bob.Blocks.Select(block => block.Revision!.Value));
        Assert.All(HistoryScene.Secrets, secret => Assert.DoesNotContain(secret, JsonSerializer.Serialize(bob), StringComparison.Ordinal));
    }

    private async Task ExpectWhatSvnSaysAsync(string path)
    {
        var xml = XDocument.Parse(await Command.RunAsync("svn", "blame", "-g", "--xml", $"{_scene.Url}/{path}"));
        var said = xml.Descendants("entry").Select(entry => ((long)entry.Element("merged")!.Element("commit")!.Attribute("revision")!, entry.Element("merged")!.Attribute("path")!.Value));
        var blame = _scene.Blame(path, creditMerged: true).Value!;
        var found = blame.Blocks.SelectMany(block => Enumerable.Repeat(block.Revision!.Value, block.Length))
            .Select(revision => (revision, blame.Revisions.Single(known => known.Commit.Revision == revision).MergedFrom?.Path));
        Assert.Equal(said.Select(line => line.Item1), found.Select(line => line.revision));
        Assert.All(said.Zip(found).Where(pair => pair.Second.Path is not null), pair => Assert.Equal(pair.First.Value, pair.Second.Path));
    }

    private async Task WriteAsync(string directory, IEnumerable<string> lines, string message, string author = "ada")
    {
        await _scene.WriteAsync($"{directory}/model.txt", string.Join('\n', lines) + "\n");
        await _scene.CommitAsync(message, author);
    }

    private async Task CopyAsync(string from, string to)
    {
        await _scene.SvnAsync("copy", "-q", InCopy(from), InCopy(to));
        await _scene.CommitAsync($"Copy {from} to {to}");
    }

    private async Task<int> MergeAsync(string from, string to)
    {
        await _scene.SvnAsync("merge", "-q", "--non-interactive", $"{_scene.Url}/{from}", InCopy(to));
        return await _scene.CommitAsync($"Merge into {to}");
    }

    private string InCopy(string path) => Path.Combine(_scene.WorkingCopy, path);
}
