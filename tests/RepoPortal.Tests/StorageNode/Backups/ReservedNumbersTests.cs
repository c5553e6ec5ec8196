using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups;

public sealed class ReservedNumbersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_of_commits_that_no_backup_has_are_not_given_out_again_after_a_loss()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        var lost = await node.CommitAsync();
        Directory.Delete(node.Original, recursive: true);

        // What the record knows is as old as the backup.
        var restored = await RestoreAsync(node, continueAbove: 2);

        Assert.Equal(2, restored.Revision);
        Assert.InRange(restored.Found!.Youngest, lost, lost + 64);
        Assert.True(await node.CommitAsync() > lost);
        Assert.Contains("is not given out again", await Command.RunAsync("svnlook", "log", "-r", "3", node.Original), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_has_everything_leaves_no_gap()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        Assert.Equal(2, node.Node.Get<ReservedNumbers>().Read(node.Copy));
        Directory.Delete(node.Original, recursive: true);

        Assert.Equal(2, (await RestoreAsync(node, continueAbove: 2)).Found!.Youngest);
        Assert.Equal(3, await node.CommitAsync());
    }

    [Fact]
    public async Task A_commit_that_is_under_way_keeps_its_number_while_a_backup_ends()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 1);
        var underWay = Directory.CreateDirectory(Path.Combine(node.Original, "db", "transactions", "1-zz.txn"));
        node.Node.Get<ReservedNumbers>().Reserve(node.Copy, 1, "1-zz");
        await node.BackUpAsync();
        Assert.True(node.Node.Get<ReservedNumbers>().Read(node.Copy) > 1);

        underWay.Delete();
        await node.CommitAsync();
        await node.BackUpAsync();
        Assert.Equal(2, node.Node.Get<ReservedNumbers>().Read(node.Copy));
    }

    [Fact]
    public async Task Commits_go_on_while_the_backups_are_away()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 1);
        await node.BackUpAsync();
        var root = node.Node.Get<BackupTarget>().Whole.Root;
        Directory.Move(root, root + "-away");

        Assert.Equal(2, await node.CommitAsync());

        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.Move(root + "-away", root);
        await node.BackUpAsync();
        Assert.True(node.IsCurrent());
    }

    private static Task<RestoreResult> RestoreAsync(BackedUpNode node, long continueAbove) =>
        node.Node.Get<RestoreBackup>().RunAsync(new RestoreJob(node.Copy, null, node.Request, continueAbove), _ => { }, Cancel);
}
