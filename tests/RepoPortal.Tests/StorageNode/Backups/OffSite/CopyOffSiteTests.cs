using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Backups.OffSite;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups.OffSite;

public sealed class CopyOffSiteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changed_goes_there_encrypted_and_comes_back_as_a_backup()
    {
        await using var place = await SecondPlace.StartAsync();
        await using var node = await BackedUpNode.StartAsync(commits: 3, place.Settings);
        await node.BackUpAsync();

        Assert.Equal(1, (await CopyAsync(node)).Backups);
        Assert.Equal(0, (await CopyAsync(node)).Backups);
        await node.CommitAsync();
        // Of the same length, at a place that keeps no times.
        await Command.RunAsync("sh", "-c", "printf 'commit 9' | svnadmin setlog --bypass-hooks \"$0\" -r 1 /dev/stdin", node.Original);
        await node.BackUpAsync();
        Assert.Equal(1, (await CopyAsync(node)).Backups);

        var stored = Directory.EnumerateFiles(place.Stored, "*", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(stored);
        Assert.DoesNotContain(stored, path => path.Contains("revs", StringComparison.Ordinal) || File.ReadAllText(path).Contains("line of revision", StringComparison.Ordinal));
        using var fetched = new ScratchDirectory();
        await place.FetchAsync(fetched["backups"]);
        var backup = Path.Combine(fetched["backups"], Path.GetRelativePath(node.Node.Get<BackupTarget>().Whole.Root, node.Backup));
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, 4), await BackedUpNode.DumpAsync(backup, 4));
        Assert.Equal("commit 9", await Command.RunAsync("svnlook", "log", "-r", "1", backup));
        Assert.Equal(BackupNote.Read(node.Backup), BackupNote.Read(backup));
    }

    [Fact]
    public async Task What_is_damaged_here_is_not_copied_over_what_is_good_there()
    {
        await using var place = await SecondPlace.StartAsync();
        await using var node = await BackedUpNode.StartAsync(commits: 3, place.Settings);
        await node.BackUpAsync();
        await CopyAsync(node);
        // One file is cut short, another has a bit flipped.
        var revision = Path.Combine(node.Backup, "db", "revs", "0", "2");
        File.SetUnixFileMode(revision, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(revision, "not a revision");
        BackedUpNode.FlipBit(node.Backup, 3, silently: false);
        File.AppendAllText(Path.Combine(node.Backup, OffSiteBackup.Note), " ");

        var failure = await Assert.ThrowsAsync<StorageException>(() => CopyAsync(node));

        Assert.StartsWith("the backups could not be copied off site", failure.Message, StringComparison.Ordinal);
        Assert.Contains("immutable", failure.Message, StringComparison.Ordinal);
        using var fetched = new ScratchDirectory();
        await place.FetchAsync(fetched["backups"]);
        var backup = Path.Combine(fetched["backups"], Path.GetRelativePath(node.Node.Get<BackupTarget>().Whole.Root, node.Backup));
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, 3), await BackedUpNode.DumpAsync(backup, 3));
    }

    [Fact]
    public async Task A_place_that_is_away_is_said_to_be_and_gets_everything_when_it_is_back()
    {
        await using var place = await SecondPlace.StartAsync();
        await using var node = await BackedUpNode.StartAsync(commits: 1, place.Settings);
        await node.BackUpAsync();
        await place.DownAsync();

        var failure = await Assert.ThrowsAsync<StorageException>(() => CopyAsync(node));

        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
        await place.UpAsync();
        Assert.Equal(1, (await CopyAsync(node)).Backups);
    }

    [Fact]
    public async Task What_was_set_aside_stays_here()
    {
        await using var place = await SecondPlace.StartAsync();
        await using var node = await BackedUpNode.StartAsync(commits: 2, place.Settings);
        await node.BackUpAsync();
        BackedUpNode.FlipBit(node.Backup, 2, silently: true);
        Assert.NotNull((await node.VerifyAsync(VerificationSubject.Backup)).Damage);
        Assert.Equal(0, (await CopyAsync(node)).Backups);

        await node.BackUpAsync();
        await CopyAsync(node);

        using var fetched = new ScratchDirectory();
        await place.FetchAsync(fetched["backups"]);
        Assert.DoesNotContain(Directory.EnumerateDirectories(fetched.Path, "*", SearchOption.AllDirectories), path => path.Contains(BackupName.Infix, StringComparison.Ordinal));
    }

    private static Task<OffSiteResult> CopyAsync(BackedUpNode node) => node.Node.Get<CopyOffSite>().RunAsync(_ => { }, Cancel);
}
