using System.Diagnostics;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Digests;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups;

public sealed class TakeBackupTests
{
    private const string SameFileSystem = "RepoPortal:Backup:SameFileSystem";

    [Fact]
    public async Task A_backup_follows_whatever_changes_and_the_survey_knows()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        Assert.False(node.IsCurrent());
        var first = await node.BackUpAsync();
        Assert.Equal((3, 3), (first.Revision, first.NewRevisions));
        Assert.True(node.IsCurrent());
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, 3), await BackedUpNode.DumpAsync(node.Backup, 3));

        (Func<Task> Change, Func<Task<string>> Look)[] changes =
        [
            (async () => await node.CommitAsync(), () => Command.RunAsync("svnlook", "youngest", node.Backup)),
            (() => Command.RunAsync("svnadmin", "setlog", "--bypass-hooks", node.Original, "-r", "2", "/dev/null"), () => Command.RunAsync("svnlook", "log", "-r", "2", node.Backup)),
            (() => Command.RunAsync("svnadmin", "lock", node.Original, "/file-1", "ada", "/dev/null"), () => Command.RunAsync("svnadmin", "lslocks", node.Backup)),
            (() => File.AppendAllTextAsync(Path.Combine(node.Original, "conf", "authz"), "# changed\n", TestContext.Current.CancellationToken),
                () => File.ReadAllTextAsync(Path.Combine(node.Backup, "conf", "authz"), TestContext.Current.CancellationToken)),
        ];
        foreach (var (change, look) in changes)
        {
            var before = await look();
            await change();
            Assert.False(node.IsCurrent());
            await node.BackUpAsync();
            Assert.NotEqual(before, await look());
            Assert.True(node.IsCurrent());
        }
    }

    [Fact]
    public async Task A_first_backup_does_not_wait_for_a_commit_that_holds_the_lock()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        using var holder = Process.Start("svnadmin", ["freeze", node.Original, "--", "sleep", "60"]);
        try
        {
            await Eventually.TrueAsync(async () => (await Command.TryAsync("flock", "--nonblock", Path.Combine(node.Original, "db", "write-lock"), "true")).ExitCode != 0);
            Assert.Equal(2, (await node.BackUpAsync()).Revision);
            Assert.False(holder.HasExited);
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
            await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Refuses_the_file_system_of_the_repositories_unless_told_that_it_is_meant()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 1, (SameFileSystem, "false"));
        var refusal = await Assert.ThrowsAsync<StorageException>(node.BackUpAsync);
        Assert.Contains("is on the file system of the repositories", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(node.Backup));
    }

    [Fact]
    public async Task Writes_nothing_where_the_disk_for_backups_is_not_mounted()
    {
        using var elsewhere = new ScratchDirectory();
        await using var node = await BackedUpNode.StartAsync(commits: 1, ("RepoPortal:Backup:Directory", elsewhere["disk"]));
        var missing = await Assert.ThrowsAsync<StorageException>(node.BackUpAsync);
        Assert.Contains("is not there", missing.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(elsewhere["disk"]);
        await node.BackUpAsync();
        Directory.Move(elsewhere["disk"], elsewhere["unmounted"]);
        Directory.CreateDirectory(elsewhere["disk"]);
        var unmounted = await Assert.ThrowsAsync<StorageException>(node.BackUpAsync);
        Assert.Contains("is not the one that backups were made in before", unmounted.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere["disk"]));

        Directory.Delete(elsewhere["disk"]);
        Directory.Move(elsewhere["unmounted"], elsewhere["disk"]);
        await node.BackUpAsync();
    }

    [Fact]
    public async Task Refuses_a_directory_that_holds_something_else()
    {
        using var elsewhere = new ScratchDirectory();
        await File.WriteAllTextAsync(elsewhere["thesis.tex"], "", TestContext.Current.CancellationToken);
        await using var node = await BackedUpNode.StartAsync(commits: 1, ("RepoPortal:Backup:Directory", elsewhere.Path));
        var refusal = await Assert.ThrowsAsync<StorageException>(node.BackUpAsync);
        Assert.Contains("has something else in it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_original_does_not_spread()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await node.BackUpAsync();
        var whole = await BackedUpNode.DumpAsync(node.Backup, 3);
        BackedUpNode.FlipBit(node.Original, 2, silently: false);
        await node.CommitAsync();

        var damage = await Assert.ThrowsAsync<DamagedException>(node.BackUpAsync);

        Assert.Equal(2, damage.Revision);
        Assert.Equal(whole, await BackedUpNode.DumpAsync(node.Backup, 3));
    }

    [Fact]
    public async Task What_was_damaged_since_its_commit_is_not_taken_for_what_was_committed()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await Eventually.TrueAsync(() => new DigestFile(node.Original).Youngest == 3);
        BackedUpNode.FlipBit(node.Original, 2, silently: true);

        var refusal = await Assert.ThrowsAsync<StorageException>(node.BackUpAsync);

        Assert.Contains("revision 2 is damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_was_silently_changed_is_found_set_aside_and_made_anew()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await node.BackUpAsync();
        Assert.Null((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
        BackedUpNode.FlipBit(node.Backup, 2, silently: true);

        var found = await node.VerifyAsync(VerificationSubject.Backup);

        Assert.Contains("revision 2 is damaged", found.Damage, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateDirectories(Path.GetDirectoryName(node.Backup)!), path => path.Contains(".damaged-", StringComparison.Ordinal));
        Assert.False(node.IsCurrent());
        Assert.Equal(3, (await node.BackUpAsync()).NewRevisions);
        Assert.Null((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
    }

    [Fact]
    public async Task Whole_but_not_what_was_committed_is_found_too()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        // A well-formed repository with other content: only the digests know.
        await using var other = await BackedUpNode.StartAsync(commits: 0);
        await other.CommitAsync("another");
        await other.CommitAsync("content");
        foreach (var file in (string[])["1", "2"])
        {
            var inBackup = Path.Combine(node.Backup, "db", "revs", "0", file);
            File.Delete(inBackup);
            File.Copy(Path.Combine(other.Original, "db", "revs", "0", file), inBackup);
        }

        File.Delete(Path.Combine(node.Backup, "db", "rep-cache.db"));
        await Command.RunAsync("svnadmin", "verify", "-q", node.Backup);
        Assert.Equal("revision 1 is damaged: it is not what it was when it was committed", (await node.VerifyAsync(VerificationSubject.Backup)).Damage);
    }

    [Fact]
    public async Task A_damaged_original_is_found_by_its_verification_and_left_as_it_is()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        Assert.Null((await node.VerifyAsync(VerificationSubject.Original)).Damage);
        Assert.Null((await node.VerifyAsync(VerificationSubject.Original, metadataOnly: true)).Damage);
        BackedUpNode.FlipBit(node.Original, 3, silently: true);

        var found = await node.VerifyAsync(VerificationSubject.Original);

        Assert.Contains("revision 3 is damaged", found.Damage, StringComparison.Ordinal);
        Assert.True(Directory.Exists(node.Original));
    }

    [Fact]
    public async Task A_first_backup_that_was_cut_short_goes_on()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        // What hotcopy leaves when it is killed: directories and the first revisions, but nothing that makes it a repository.
        foreach (var file in (string[])["format", "db/format", "db/fs-type", "db/revs/0/2", "repoportal/backup.json", "repoportal/digests"])
            File.Delete(Path.Combine(node.Backup, file));
        await File.WriteAllTextAsync(Path.Combine(node.Backup, "db", "current"), "0\n", TestContext.Current.CancellationToken);

        await node.BackUpAsync();

        Assert.Null((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
    }

    [Fact]
    public async Task Commits_arrive_all_the_while_and_each_backup_is_whole()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 1);
        using var stop = new CancellationTokenSource();
        var committing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await node.CommitAsync();
        }, TestContext.Current.CancellationToken);

        for (var round = 0; round < 8; round++)
        {
            var before = await BackedUpNode.YoungestAsync(node.Original);
            Assert.True((await node.BackUpAsync()).Revision >= before);
            Assert.Null((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
        }

        await stop.CancelAsync();
        await committing;
        var last = await node.BackUpAsync();
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, last.Revision), await BackedUpNode.DumpAsync(node.Backup, last.Revision));
    }
}
