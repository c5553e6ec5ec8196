using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups;

public sealed class RemoveBackupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knows_what_lies_there_beyond_the_backup_of_what_is_stored_and_leaves_what_is_not_its_own()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        var made = await node.BackUpAsync();
        Assert.Empty(List(node));

        BackedUpNode.FlipBit(node.Backup, 1, silently: true);
        Assert.NotNull((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
        var alone = Assert.Single(List(node));
        Assert.Equal((node.Copy, (DateTimeOffset?)made.AsOf, made.SizeBytes), (alone.Copy, alone.AsOf, alone.SizeBytes));
        Assert.InRange(alone.SetAsideAt!.Value, made.AsOf.AddSeconds(-1), TimeProvider.System.GetUtcNow());

        var repository = Path.GetDirectoryName(node.Backup)!;
        var target = Path.GetDirectoryName(repository)!;
        string[] foreign =
        [
            Path.Combine(repository, "1.damaged-yesterday"), Path.Combine(repository, "copy of 1"), Path.Combine(repository, "01"),
            Path.Combine(target, "thesis", "1"), Path.Combine(target, $"{Guid.NewGuid():d}", "1"),
        ];
        foreach (var directory in foreign)
            Directory.CreateDirectory(directory);
        Directory.CreateSymbolicLink(Path.Combine(repository, "2"), node.Original);
        await node.BackUpAsync();
        Assert.Equal(["1", alone.Directory], List(node).Select(spare => spare.Directory));
        foreach (var name in (string[])["1.damaged-yesterday", "../thesis/1", "2", "", "1/conf"])
            await Assert.ThrowsAsync<StorageException>(() => RemoveAsync(node, name));
        Assert.All(foreign, directory => Assert.True(Directory.Exists(directory)));
        Assert.True(Directory.Exists(Path.Combine(node.Original, "db")));
    }

    [Fact]
    public async Task Never_removes_the_backup_of_what_is_stored_nor_a_damaged_one_that_has_none_in_its_place()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        BackedUpNode.FlipBit(node.Backup, 1, silently: true);
        await node.VerifyAsync(VerificationSubject.Backup);
        var aside = List(node).Single();

        var only = await Assert.ThrowsAsync<StorageException>(() => RemoveAsync(node, aside.Directory));
        Assert.Contains("there is no other one in its place", only.Message, StringComparison.Ordinal);
        await node.BackUpAsync();
        var needed = await Assert.ThrowsAsync<StorageException>(() => RemoveAsync(node, "1"));
        Assert.Contains("is stored on this node", needed.Message, StringComparison.Ordinal);

        Assert.True((await RemoveAsync(node, aside.Directory)).WasThere);
        Assert.False((await RemoveAsync(node, aside.Directory)).WasThere);
        Assert.Null((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
        Assert.Empty(List(node));
    }

    [Fact]
    public async Task Removes_what_is_stored_no_longer_and_goes_on_where_it_was_cut_short()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        await node.Node.Get<DiscardCopy>().RunAsync(node.Copy, node.Request.Name, Cancel);
        var spare = Assert.Single(List(node));
        Assert.Equal((node.Copy, "1", null), (spare.Copy, spare.Directory, spare.SetAsideAt));

        // As far as a process came that was killed.
        BackupNote.Withdraw(node.Backup);
        Directory.Delete(Path.Combine(node.Backup, "db"), recursive: true);
        Assert.Null(Assert.Single(List(node)).AsOf);
        await Assert.ThrowsAsync<StorageException>(() => node.VerifyAsync(VerificationSubject.Backup));

        Assert.True((await RemoveAsync(node, "1")).WasThere);
        Assert.False(Directory.Exists(Path.GetDirectoryName(node.Backup)));
        Assert.False((await RemoveAsync(node, "1")).WasThere);
    }

    private static SpareBackup[] List(BackedUpNode node) => [.. node.Node.Get<ListSpareBackups>().Run(Cancel).Backups];

    private static Task<RemoveBackupResult> RemoveAsync(BackedUpNode node, string directory) =>
        node.Node.Get<RemoveBackup>().RunAsync(new RepositoryCopy(node.Copy.Repository, 1), directory, Cancel);
}
