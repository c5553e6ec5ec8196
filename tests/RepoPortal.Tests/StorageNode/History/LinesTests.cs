using System.Globalization;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.History;

/// <summary>What a node tells of branches and tags; svn is asked which revisions are eligible to be merged.</summary>
public sealed class LinesTests : IAsyncLifetime
{
    private readonly HistoryScene _scene = new();

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Counts_what_svn_calls_eligible_before_and_after_merges_both_ways()
    {
        await _scene.WriteAsync("trunk/a.txt", "one\n");
        await _scene.CommitAsync("One");
        await CopyAsync("trunk", "branches/mine");
        await ExpectEligibleAsync(0, 0);
        await EditAsync("trunk/a.txt", "one\ntrunk\n");
        await EditAsync("trunk/b.txt", "b\n");
        await EditAsync("branches/mine/c.txt", "c\n");
        await ExpectEligibleAsync(ahead: 1, behind: 2);

        await MergeAsync("trunk", "branches/mine", "-c", (_scene.Youngest - 2).ToString(CultureInfo.InvariantCulture));
        await ExpectEligibleAsync(ahead: 2, behind: 1);
        await MergeAsync("trunk", "branches/mine");
        await ExpectEligibleAsync(ahead: 3, behind: 0);
        await MergeAsync("branches/mine", "trunk");
        await EditAsync("branches/mine/d.txt", "d\n");
        await ExpectEligibleAsync(ahead: 1, behind: 1);

        await _scene.SvnAsync("move", "-q", InCopy("branches/mine"), InCopy("branches/ours"));
        await _scene.CommitAsync("It is ours");
        var ours = Assert.Single(_scene.Lines().Value!.Lines);
        Assert.Equal((new PathAtRevision("/trunk", 2), 3L), (ours.Origin!.Value, ours.MadeIn!.Value));
        Assert.Equal(await EligibleAsync("branches/ours", "trunk"), ours.Divergence!.Ahead.Number);
    }

    [Fact]
    public async Task Says_nothing_of_what_cannot_be_compared()
    {
        await _scene.WriteAsync("trunk/a.txt", "one\n");
        await _scene.CommitAsync("One");
        await CopyAsync("trunk", "branches/mine");
        await _scene.SvnAsync("mkdir", "-q", InCopy("branches/made"));
        await _scene.CommitAsync("Made, not copied");
        var made = _scene.Lines(filter: "MADE").Value!;
        Assert.Equal(1, made.Matching);
        Assert.Equal((null, null, null), (made.Lines[0].Origin, made.Lines[0].MadeIn, made.Lines[0].Divergence));
        Assert.NotNull(Mine().Divergence);

        await Command.RunAsync("svnmucc", "-m", "No mergeinfo", "-U", _scene.Url, "propset", "svn:mergeinfo", "/trunk:9000-9001", "branches/mine");
        Assert.NotNull(Mine().Divergence);
        await _scene.SvnAsync("delete", "-q", "-m", "Away", $"{_scene.Url}/trunk");
        Assert.Null(Mine().Divergence);
        await _scene.SvnAsync("mkdir", "-q", "-m", "Another one", $"{_scene.Url}/trunk");
        Assert.Null(Mine().Divergence);
        Assert.Equal(new PathAtRevision("/trunk", 2), Mine().Origin);
        Assert.Equal("trunk", _scene.Lines().Value!.Trunk!.Name);

        LineView Mine() => _scene.Lines().Value!.Lines.Single(line => line.Name == "mine");
    }

    [Fact]
    public async Task Tags_come_a_page_at_a_time_the_last_changed_first()
    {
        await Command.RunAsync("svnmucc", ["-m", "Many", "-U", _scene.Url, .. Enumerable.Range(100, 220).SelectMany(tag => (string[])["cp", "1", "trunk", $"tags/v{tag}"])]);
        await Command.RunAsync("svnmucc", "-m", "The last", "-U", _scene.Url, "cp", "1", "trunk", "tags/last");
        await Command.RunAsync("svnmucc", "-m", "Changed", "-U", _scene.Url, "mkdir", "tags/v250/more");

        var first = _scene.Lines(tags: true).Value!;
        Assert.Equal((221, 221, 0, LinesQuery.MostLines), (first.Tags, first.Matching, first.Branches, first.Lines.Length));
        Assert.Equal(["v250", "last", "v100"], first.Lines.Take(3).Select(line => line.Name));
        Assert.Equal((4L, 2L, new PathAtRevision("/trunk", 1)), (first.Lines[0].Change.Revision, first.Lines[0].MadeIn!.Value, first.Lines[0].Origin!.Value));
        Assert.All(first.Lines, line => Assert.Null(line.Divergence));
        Assert.Equal(21, _scene.Lines(tags: true, skip: 200).Value!.Lines.Length);
        Assert.Empty(_scene.Lines(tags: true, skip: 5000).Value!.Lines);
        Assert.Equal(["v117"], _scene.Lines(tags: true, filter: "V117").Value!.Lines.Select(line => line.Name));
        Assert.Equal(221, _scene.Lines("/trunk", tags: true).Value!.Tags);
    }

    [Fact]
    public async Task Projects_are_found_one_directory_down()
    {
        await Command.RunAsync(
            "svnmucc", "-m", "Two projects", "-U", _scene.Url, "rm", "trunk", "rm", "branches", "rm", "tags", "mkdir", "ice", "mkdir", "ice/trunk", "mkdir", "ice/branches", "mkdir", "ice/branches/x",
            "mkdir", "ocean", "mkdir", "ocean/tags", "mkdir", "papers");
        Assert.Equal(["/ice", "/ocean"], _scene.Lines().Value!.Projects);
        var ice = _scene.Lines("ice/branches/x").Value!;
        Assert.Equal(("/ice", "x", 1), (ice.Project, ice.Lines[0].Name, ice.Branches));
        Assert.Equal("/ice/trunk", ice.Trunk!.Path);
        Assert.Empty(_scene.Lines("/papers").Value!.Projects);
    }

    private async Task ExpectEligibleAsync(int ahead, int behind)
    {
        var divergence = _scene.Lines().Value!.Lines.Single(line => line.Name == "mine").Divergence!;
        Assert.Equal((new CommitCount(ahead, false), new CommitCount(behind, false)), (divergence.Ahead, divergence.Behind));
        Assert.Equal((ahead, behind), (await EligibleAsync("branches/mine", "trunk"), await EligibleAsync("trunk", "branches/mine")));
    }

    private async Task<int> EligibleAsync(string from, string to) =>
        (await Command.RunAsync("svn", "mergeinfo", "--show-revs", "eligible", $"{_scene.Url}/{from}", $"{_scene.Url}/{to}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private async Task CopyAsync(string from, string to)
    {
        await _scene.SvnAsync("copy", "-q", InCopy(from), InCopy(to));
        await _scene.CommitAsync($"{to} is a branch");
    }

    private async Task EditAsync(string path, string content)
    {
        await _scene.WriteAsync(path, content);
        await _scene.CommitAsync($"Edit {path}");
    }

    private async Task MergeAsync(string from, string to, params string[] options)
    {
        await _scene.SvnAsync(["merge", "-q", "--non-interactive", .. options, $"{_scene.Url}/{from}", InCopy(to)]);
        await _scene.CommitAsync($"Merge {from} into {to}");
    }

    private string InCopy(string path) => Path.Combine(_scene.WorkingCopy, path);
}
