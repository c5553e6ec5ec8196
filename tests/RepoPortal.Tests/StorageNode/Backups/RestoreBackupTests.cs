using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups;

public sealed class RestoreBackupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Brings_back_a_repository_as_of_a_revision_beside_the_original(long revision)
    {
        await using var node = await BackedUpNode.StartAsync(commits: 4);
        await node.BackUpAsync();
        var target = RunningNode.Request("alpha-restored");

        var restored = await RestoreAsync(node, new RestoreJob(node.Copy, revision, target, ContinueAbove: revision));

        var path = node.Node.Directories.Copy(target.Copy);
        Assert.Equal((revision, revision), (restored.Revision, restored.Found!.Youngest));
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, revision), await BackedUpNode.DumpAsync(path, revision));
        Assert.Equal(target.Uuid, Guid.Parse(await Command.RunAsync("svnlook", "uuid", path)));
        await using var svn = await node.Node.SvnAsync();
        await svn.RunAsync("mkdir", "-m", "goes on", svn.Url("alpha-restored", "/new"));
        await Command.RunAsync("svnadmin", "verify", "-q", path);
        Assert.Equal(revision + 1, await BackedUpNode.YoungestAsync(path));
    }

    [Fact]
    public async Task Never_gives_out_a_revision_number_again()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await node.BackUpAsync();
        await node.CommitAsync();
        await node.CommitAsync();
        var target = node.Request with { Copy = node.Copy with { Generation = 2 } };

        var restored = await RestoreAsync(node, new RestoreJob(node.Copy, 3, target, ContinueAbove: 5));

        Assert.Equal((3, 5), (restored.Revision, restored.Found!.Youngest));
        await using var svn = await node.Node.SvnAsync();
        await svn.RunAsync("mkdir", "-m", "goes on", svn.Url("alpha", "/new"));
        var path = node.Node.Directories.Copy(target.Copy);
        Assert.Equal(6, await BackedUpNode.YoungestAsync(path));
        Assert.Contains("was lost", await Command.RunAsync("svnlook", "log", "-r", "4", path), StringComparison.Ordinal);
        Assert.Equal(await Command.RunAsync("svnlook", "uuid", node.Original), await Command.RunAsync("svnlook", "uuid", path));
    }

    [Fact]
    public async Task Locks_come_back_in_place_with_the_youngest_revision_of_the_backup_and_nowhere_else()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await LockAsync(node, "file-1");
        await LockAsync(node, "file-2");
        var locks = await Command.RunAsync("svnadmin", "lslocks", node.Original);
        await node.BackUpAsync();
        await LockAsync(node, "file-3");

        var youngest = await RestoreAsync(node, InPlace(node, revision: null, generation: 2));
        var earlier = await RestoreAsync(node, InPlace(node, revision: 2, generation: 3));
        var beside = await RestoreAsync(node, new RestoreJob(node.Copy, 3, RunningNode.Request("beta"), ContinueAbove: 3));

        Assert.Equal((2, 0), (youngest.Locks, youngest.LocksLeft));
        Assert.Equal((0, 2), (earlier.Locks, earlier.LocksLeft));
        Assert.Equal((0, 0), (beside.Locks, beside.LocksLeft));
        var (restored, old) = (node.Node.Directories.Copy(node.Copy with { Generation = 2 }), node.Node.Directories.Copy(node.Copy with { Generation = 3 }));
        Assert.Contains("file-2", locks, StringComparison.Ordinal);
        Assert.Equal(Facts(locks), Facts(await Command.RunAsync("svnadmin", "lslocks", restored)));
        Assert.Equal("", await Command.RunAsync("svnadmin", "lslocks", old));
        // They can be taken off again.
        await Command.RunAsync("svnadmin", "rmlocks", restored, "/file-1", "/file-2");
        Assert.Equal("", await Command.RunAsync("svnadmin", "lslocks", restored));

        static string[] Facts(string listed) =>
            [.. listed.Split('\n').Where(line => ((string[])["Path:", "UUID Token:", "Owner:", "Created:"]).Any(fact => line.StartsWith(fact, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    public async Task A_revision_within_packed_ones_is_loaded_and_is_the_same(long revision, bool isLoaded)
    {
        await using var node = await BackedUpNode.StartAsync(commits: 0);
        // Shards of two revisions instead of a thousand.
        await Command.RunAsync("sed", "-i", "s/^layout sharded .*/layout sharded 2/", Path.Combine(node.Original, "db", "format"));
        for (var commit = 1; commit <= 6; commit++)
            await node.CommitAsync();
        await Command.RunAsync("svnadmin", "pack", "-q", node.Original);
        await node.BackUpAsync();
        var target = RunningNode.Request("alpha-restored");
        var phases = new HashSet<string>();

        var restored = await node.Node.Get<RestoreBackup>().RunAsync(new RestoreJob(node.Copy, revision, target, ContinueAbove: revision), progress => phases.Add(progress.Phase), Cancel);

        Assert.Equal((revision, isLoaded, isLoaded), (restored.Revision, restored.WasLoaded, phases.Contains("loading anew")));
        var path = node.Node.Directories.Copy(target.Copy);
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, revision), await BackedUpNode.DumpAsync(path, revision));
        Assert.Equal(target.Uuid, Guid.Parse(await Command.RunAsync("svnlook", "uuid", path)));
        Assert.Equal(revision, new RepoPortal.StorageNode.Digests.DigestFile(path).Youngest);
        await using var svn = await node.Node.SvnAsync();
        await svn.RunAsync("mkdir", "-m", "goes on", svn.Url("alpha-restored", "/new"));
        await Command.RunAsync("svnadmin", "verify", "-q", path);
    }

    [Fact]
    public async Task What_is_loaded_is_compared_with_its_digests()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 0);
        await Command.RunAsync("sed", "-i", "s/^layout sharded .*/layout sharded 2/", Path.Combine(node.Original, "db", "format"));
        for (var commit = 1; commit <= 5; commit++)
            await node.CommitAsync();
        await Command.RunAsync("svnadmin", "pack", "-q", node.Original);
        await node.BackUpAsync();
        var digests = Path.Combine(node.Backup, "repoportal", "digests");
        var bytes = await File.ReadAllBytesAsync(digests, Cancel);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(digests, bytes, Cancel);

        var failure = await Assert.ThrowsAsync<StorageException>(() => RestoreAsync(node, new RestoreJob(node.Copy, 2, RunningNode.Request("beta"), 2)));

        Assert.Contains("revision 1 is damaged", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
    }

    [Fact]
    public async Task May_run_twice()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        await node.BackUpAsync();
        var job = new RestoreJob(node.Copy, 2, RunningNode.Request("alpha-restored"), ContinueAbove: 2);
        await RestoreAsync(node, job);
        Assert.Equal(2, (await RestoreAsync(node, job)).Found!.Youngest);
    }

    [Fact]
    public async Task Refuses_a_revision_that_the_backup_does_not_have_and_leaves_nothing()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        var none = await Assert.ThrowsAsync<StorageException>(() => RestoreAsync(node, new RestoreJob(node.Copy, 1, RunningNode.Request("beta"), 1)));
        Assert.Contains("there is no backup of it yet", none.Message, StringComparison.Ordinal);
        await node.BackUpAsync();
        var beyond = await Assert.ThrowsAsync<StorageException>(() => RestoreAsync(node, new RestoreJob(node.Copy, 3, RunningNode.Request("beta"), 3)));
        Assert.Contains("ends with revision 2", beyond.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
        Assert.False(File.Exists(node.Node.Directories.Served(RepositoryName.Parse("beta"))));
    }

    [Fact]
    public async Task A_rehearsal_restores_verifies_and_throws_away()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await node.BackUpAsync();

        var rehearsed = await node.Node.Get<RehearseRestore>().RunAsync(node.Copy, _ => { }, Cancel);

        Assert.Equal(3, rehearsed.Revision);
        Assert.True(rehearsed.Took > TimeSpan.Zero && rehearsed.SizeBytes > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
        Assert.Single(Directory.EnumerateDirectories(node.Node.Directories.Store));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rehearsal_says_that_a_lying_backup_lies(bool silently)
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        await node.BackUpAsync();
        BackedUpNode.FlipBit(node.Backup, 2, silently);

        var failure = await Assert.ThrowsAsync<StorageException>(() => node.Node.Get<RehearseRestore>().RunAsync(node.Copy, _ => { }, Cancel));

        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
    }

    private static RestoreJob InPlace(BackedUpNode node, long? revision, int generation) =>
        new(node.Copy, revision, node.Request with { Copy = node.Copy with { Generation = generation } }, ContinueAbove: 3);

    private static async Task LockAsync(BackedUpNode node, string file)
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["comment"], "mine", Cancel);
        await Command.RunAsync("svnadmin", "lock", node.Original, $"/{file}", "ada", scratch["comment"]);
    }

    private static Task<RestoreResult> RestoreAsync(BackedUpNode node, RestoreJob job) => node.Node.Get<RestoreBackup>().RunAsync(job, _ => { }, Cancel);
}
