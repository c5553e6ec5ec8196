using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Reading;

public sealed class ReadingTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_commits_from_a_revision_upwards()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync("grace");
        var copy = (await node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await svn.RunAsync("mkdir", "-m", "Below trunk", svn.Url("alpha", "/trunk/src"), svn.Url("alpha", "/trunk/src/a"), svn.Url("alpha", "/trunk/src/b"));
        await svn.RunAsync("mkdir", "-m", new string('m', 3000), svn.Url("alpha", "/tags/one"));
        var read = node.Get<ReadCommits>();

        var commits = read.Run(copy, 1, 100, _cancellation);

        Assert.Equal([1, 2, 3], commits.Select(commit => commit.Revision));
        Assert.Equal(["ada", "grace", "grace"], commits.Select(commit => commit.Author));
        Assert.Equal([3, 3, 1], commits.Select(commit => commit.ChangedPaths));
        Assert.Equal(["/", "/trunk", "/tags"], commits.Select(commit => commit.CommonPath));
        Assert.Equal("Below trunk", commits[1].Message);
        Assert.Equal(CommitSummary.MaxMessageLength, commits[2].Message.Length);
        Assert.All(commits, commit => Assert.True(commit.SizeBytes > 100));
        Assert.All(commits, commit => Assert.NotNull(commit.At));
        Assert.Equal([2], read.Run(copy, 2, 1, _cancellation).Select(commit => commit.Revision));
        Assert.Empty(read.Run(copy, 4, 10, _cancellation));
    }

    [Fact]
    public async Task Lists_a_directory_with_directories_first()
    {
        using var scratch = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var copy = (await node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await File.WriteAllTextAsync(scratch["file"], "12345", _cancellation);
        await svn.RunAsync("import", "-m", "A file\n\nand why", scratch["file"], svn.Url("alpha", "/a file"));
        var list = node.Get<ListDirectory>();

        var listing = list.Run(copy, "/", null, Reader.System, _cancellation)!;

        Assert.Equal((2, "/"), (listing.Revision, listing.Path));
        Assert.Equal(["branches", "tags", "trunk", "a file"], listing.Entries.Select(entry => entry.Name));
        var file = listing.Entries[^1];
        Assert.Equal((false, 5, 2, "ada", "A file"), (file.IsDirectory, file.SizeBytes, file.Revision, file.Author, file.Message));
        Assert.Equal(3, list.Run(copy, "/", 1, Reader.System, _cancellation)!.Entries.Length);
        Assert.Equal("/trunk", list.Run(copy, "trunk/", null, Reader.System, _cancellation)!.Path);
    }

    [Theory]
    [InlineData("/nothing", null)]
    [InlineData("/", 99L)]
    [InlineData("/../store", null)]
    public async Task What_is_not_there_is_no_listing(string path, long? revision)
    {
        await using var node = await RunningNode.StartAsync();
        var copy = (await node.ProvisionAsync("alpha")).Copy;

        Assert.Null(node.Get<ListDirectory>().Run(copy, path, revision, Reader.System, _cancellation));
    }

    [Fact]
    public async Task A_copy_that_is_not_there_is_said_so()
    {
        await using var node = await RunningNode.StartAsync();
        var copy = RunningNode.Request("alpha").Copy;

        Assert.Throws<CopyNotFoundException>(() => node.Get<MeasureCopy>().Run(copy));
        Assert.Throws<CopyNotFoundException>(() => node.Get<ReadCommits>().Run(copy, 1, 10, _cancellation));
        Assert.Throws<CopyNotFoundException>(() => node.Get<ListDirectory>().Run(copy, "/", null, Reader.System, _cancellation));
    }

    [Fact]
    public async Task A_damaged_copy_cannot_be_read_and_that_is_said()
    {
        await using var node = await RunningNode.StartAsync();
        var copy = (await node.ProvisionAsync("alpha")).Copy;
        File.Delete(Path.Combine(node.Directories.Copy(copy), "db", "fs-type"));
        File.Delete(Path.Combine(node.Directories.Copy(copy), "db", "format"));

        var failure = Assert.Throws<StorageException>(() => node.Get<ReadCommits>().Run(copy, 1, 10, _cancellation));

        Assert.StartsWith("the repository could not be read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_was_added_to_is_the_size_that_is_counted()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var copy = (await node.ProvisionAsync("alpha")).Copy;
        var measure = node.Get<MeasureCopy>();
        var before = measure.Run(copy);
        for (var i = 0; i < 5; i++)
            await svn.RunAsync("mkdir", "-m", "More", svn.Url("alpha", $"/{i}"));

        var added = measure.Run(copy);
        measure.Forget(copy);
        var counted = measure.Run(copy);

        Assert.Equal((0, 5, 5), (before.Youngest, added.Youngest, counted.Youngest));
        // The index of representations and the list of the last commit's transaction grow by other rules.
        Assert.InRange(added.SizeBytes, before.SizeBytes + 5 * 200, counted.SizeBytes);
    }

    [Theory]
    [InlineData("/", "/a")]
    [InlineData("/a", "/a/b", "/a/c")]
    [InlineData("/a", "/a/b/c", "/a/bc")]
    [InlineData("/a", "/a/b/c", "/a/d/c")]
    [InlineData("/a/b", "/a/b/c", "/a/b/c/d", "/a/b/e/f")]
    [InlineData("/", "/a/b", "/c")]
    [InlineData("/", "/a/b", "/ab/c")]
    [InlineData("/", "/a", "/a/b")]
    [InlineData("/", "/")]
    [InlineData("/")]
    public void The_common_path_is_the_deepest_directory_that_holds_all(string expected, params string[] paths)
    {
        var extent = new ChangedExtent();
        foreach (var path in paths)
            extent.Add(path);

        Assert.Equal(expected, extent.CommonPath);
        Assert.Equal(paths.Length, extent.Count);
    }
}
