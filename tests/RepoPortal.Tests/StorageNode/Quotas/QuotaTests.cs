using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Quotas;

/// <summary>With httpd and the stock client: what a repository over its quota refuses, and what it does not.</summary>
public sealed class QuotaTests : IDisposable
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public async Task A_repository_that_has_used_up_its_quota_refuses_commits_with_a_sentence_and_is_read_on()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var alpha = (await node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await svn.RunAsync("checkout", svn.Url("alpha", "/trunk"), _scratch["wc"]);
        await SetAsync(node, alpha, 1, Used(node, alpha));

        var refused = await svn.TryAsync("mkdir", "-m", "One", svn.Url("alpha", "/trunk/one"));

        Assert.False(refused.IsSuccess);
        Assert.Contains($"'alpha' has used up its quota of {ByteWords.Of(Used(node, alpha))}; commits are refused until space is made or its owners get more. Reading goes on.", refused.StandardError, StringComparison.Ordinal);
        Assert.Contains("trunk/", await svn.RunAsync("list", svn.Url("alpha")), StringComparison.Ordinal);
        Assert.Contains("At revision 1", await svn.RunAsync("update", _scratch["wc"]), StringComparison.Ordinal);
        Assert.Contains("r1 |", await svn.RunAsync("log", svn.Url("alpha")), StringComparison.Ordinal);

        await SetAsync(node, alpha, 2, null);
        await svn.RunAsync("mkdir", "-m", "One", svn.Url("alpha", "/trunk/one"));
    }

    [Fact]
    public async Task A_commit_that_would_not_fit_is_refused_and_a_smaller_one_is_taken()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var alpha = (await node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await svn.RunAsync("checkout", "-q", svn.Url("alpha", "/trunk"), _scratch["wc"]);
        var before = Used(node, alpha);
        await SetAsync(node, alpha, 1, before + 200_000);
        await File.WriteAllBytesAsync(_scratch["wc/large"], System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000), _cancellation);
        await svn.RunAsync("add", "-q", _scratch["wc/large"]);

        var refused = await svn.TryAsync("commit", "-m", "Too much", _scratch["wc"]);
        Assert.False(refused.IsSuccess);
        Assert.Contains("This commit is too large for what 'alpha' has left of its quota of", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal(before, Used(node, alpha));

        await File.WriteAllBytesAsync(_scratch["wc/large"], System.Security.Cryptography.RandomNumberGenerator.GetBytes(100_000), _cancellation);
        await svn.RunAsync("commit", "-q", "-m", "Enough", _scratch["wc"]);
        Assert.InRange(Used(node, alpha), before + 100_000, before + 110_000);
    }

    [Fact]
    public async Task The_limit_holds_after_a_restart_without_anybody_saying_it_again()
    {
        RepositoryCopy alpha;
        await using (var node = await RunningNode.StartInAsync(_scratch.Path))
        {
            alpha = (await node.ProvisionAsync("alpha")).Copy;
            await SetAsync(node, alpha, 1, 1);
        }

        await using var next = await RunningNode.StartInAsync(_scratch.Path);
        await using var svn = await next.SvnAsync();

        Assert.Contains("has used up its quota of 1 bytes", (await svn.TryAsync("mkdir", "-m", "One", svn.Url("alpha", "/one"))).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_repository_is_made_with_its_limit_and_one_without_takes_anything()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var limited = RunningNode.Request("limited") with { Quota = new CopyQuota(1, 1) };
        await node.Get<ProvisionRepository>().RunAsync(limited, _cancellation);
        await node.ProvisionAsync("free");

        Assert.False((await svn.TryAsync("mkdir", "-m", "One", svn.Url("limited", "/one"))).IsSuccess);
        await svn.RunAsync("mkdir", "-m", "One", svn.Url("free", "/one"));

        await node.Get<ProvisionRepository>().RunAsync(limited with { Quota = new CopyQuota(2, null) }, _cancellation);
        await svn.RunAsync("mkdir", "-m", "One", svn.Url("limited", "/one"));
    }

    [Fact]
    public async Task An_older_limit_never_replaces_a_newer_one_and_a_copy_that_is_not_there_is_told_apart()
    {
        await using var node = await RunningNode.StartAsync();
        var alpha = (await node.ProvisionAsync("alpha")).Copy;
        await SetAsync(node, alpha, 7, 700);

        await SetAsync(node, alpha, 6, 600);

        Assert.Equal(new CopyQuota(7, 700), QuotaFile.Read(node.Directories.Copy(alpha)));
        await Assert.ThrowsAsync<CopyNotFoundException>(() => SetAsync(node, alpha with { Generation = 2 }, 1, 1));
    }

    [Fact]
    public async Task A_file_that_says_nothing_refuses_commits_rather_than_letting_them_through_and_is_mended_by_the_next_limit()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var alpha = (await node.ProvisionAsync("alpha")).Copy;
        await File.WriteAllTextAsync(QuotaFile.PathIn(node.Directories.Copy(alpha)), "much\n", _cancellation);

        Assert.False((await svn.TryAsync("mkdir", "-m", "One", svn.Url("alpha", "/one"))).IsSuccess);

        await SetAsync(node, alpha, 1, null);
        await svn.RunAsync("mkdir", "-m", "One", svn.Url("alpha", "/one"));
    }

    [Theory]
    [InlineData(1, "1 bytes")]
    [InlineData(10L << 30, "10 GiB")]
    [InlineData(3L << 29, "1.5 GiB")]
    [InlineData((1L << 30) - 1, "1 GiB")]
    [InlineData(1L << 50, "1 PiB")]
    public void Limits_are_said_in_the_units_they_are_set_in(long bytes, string words) => Assert.Equal(words, ByteWords.Of(bytes));

    public void Dispose() => _scratch.Dispose();

    private static long Used(RunningNode node, RepositoryCopy copy) => node.Get<MeasureCopy>().Run(copy).SizeBytes;

    private Task SetAsync(RunningNode node, RepositoryCopy copy, long version, long? bytes) =>
        node.Get<SetQuota>().RunAsync(copy, new CopyQuota(version, bytes), _cancellation);
}
