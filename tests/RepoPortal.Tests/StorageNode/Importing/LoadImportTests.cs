using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Importing;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.StorageNode.Backups;

namespace RepoPortal.Tests.StorageNode.Importing;

public sealed class LoadImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("plain", "--deltas")]
    public async Task Serves_what_the_dump_holds_revision_by_revision(string compression, params string[] options)
    {
        using var dumps = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var dump = await File.ReadAllBytesAsync(await dumps.DumpAsync(options), Cancel);
        var file = await dumps.WriteAsync(compression switch { "gzip" => Dumps.GZip(dump), "zstd" => Dumps.Zstd(dump), _ => dump });
        var target = RunningNode.Request("alpha");

        var loaded = await LoadAsync(node, target, file);
        var stored = await node.Get<StoreImport>().RunAsync(target with { Uuid = loaded.Uuid!.Value }, _ => { }, Cancel);

        Assert.Equal((12, 12, Guid.Parse(dumps.Uuid)), (loaded.Revision, stored.Found.Youngest, loaded.Uuid));
        var path = node.Directories.Copy(target.Copy);
        Assert.Equal(await BackedUpNode.DumpAsync(dumps.Repository, 12), await BackedUpNode.DumpAsync(path, 12));
        Assert.Equal(dumps.Uuid, await Command.RunAsync("svnlook", "uuid", path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Directories.Imports));
        await using var svn = await node.SvnAsync();
        await svn.RunAsync("mkdir", "-m", "goes on", svn.Url("alpha", "/trunk/new"));
        await Command.RunAsync("svnadmin", "verify", "-q", path);
        Assert.Equal(13, await BackedUpNode.YoungestAsync(path));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Names_the_revision_in_which_a_dump_breaks_off_and_goes_on_after_what_is_whole(string compression)
    {
        using var dumps = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var dump = await File.ReadAllBytesAsync(await dumps.DumpAsync(), Cancel);
        var target = RunningNode.Request("alpha");
        var cut = dump[..(Dumps.BeginningOf(dump, 7) + 350)];
        // A compressed file is cut off where its content was not yet at an end; how much of that comes out is the compressor's business.
        var file = await dumps.WriteAsync(compression switch { "gzip" => Dumps.GZip(dump)[..^200], "zstd" => Dumps.Zstd(dump)[..^200], _ => cut });

        var failure = await Assert.ThrowsAsync<StorageException>(() => LoadAsync(node, target, file));

        var whole = await BackedUpNode.YoungestAsync(ImportedTo(node, target));
        if (compression == "plain")
            Assert.Equal("Revision 7 cannot be read: the dump ends in the middle of it. The revisions up to 6 are whole.", failure.Message);
        else
            Assert.InRange(whole, 0, 11);
        Assert.Equal(await BackedUpNode.DumpAsync(dumps.Repository, whole), await BackedUpNode.DumpAsync(ImportedTo(node, target), whole));

        Assert.Equal(12, (await LoadAsync(node, target, await dumps.WriteAsync(dump))).Revision);
        Assert.Equal(await BackedUpNode.DumpAsync(dumps.Repository, 12), await BackedUpNode.DumpAsync(ImportedTo(node, target), 12));
    }

    [Fact]
    public async Task Stopped_it_leaves_what_is_whole_on_the_disk_and_goes_on_after_it()
    {
        using var dumps = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");
        using var stop = new CancellationTokenSource();
        var job = new LoadJob(target.Copy, new FileSource(await dumps.DumpAsync()), ImmutableDictionary<string, string>.Empty, QuotaBytes: null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Get<LoadImport>().RunAsync(job, _ => stop.Cancel(), stop.Token));

        Assert.Equal("on disk", await File.ReadAllTextAsync(Path.Combine(node.Directories.Import(target.Copy), "written-in"), Cancel));
        Assert.InRange(node.Get<MeasureImport>().Run(target.Copy), 0, 12);
        Assert.Equal(12, (await node.Get<LoadImport>().RunAsync(job, _ => { }, Cancel)).Revision);
        Assert.Equal(12, node.Get<MeasureImport>().Run(target.Copy));
        Assert.Equal(await BackedUpNode.DumpAsync(dumps.Repository, 12), await BackedUpNode.DumpAsync(ImportedTo(node, target), 12));
    }

    [Fact]
    public async Task Loads_only_whole_revisions_wherever_the_dump_breaks_off()
    {
        using var dumps = await Dumps.MakeAsync(commits: 4);
        await using var node = await RunningNode.StartAsync();
        var dump = await File.ReadAllBytesAsync(await dumps.DumpAsync(), Cancel);
        var target = RunningNode.Request("alpha");
        // Between two records nobody can see that something is missing, so the last revision is left alone here: it begins where the loop ends.
        for (var length = 40; length < Dumps.BeginningOf(dump, 4); length += 97)
        {
            if (IsBetweenRecords(dump, length))
                continue;
            await Assert.ThrowsAsync<StorageException>(async () => await LoadAsync(node, target, await dumps.WriteAsync(dump[..length])));
            if (await BackedUpNode.YoungestAsync(ImportedTo(node, target)) is > 0 and var whole)
                Assert.Equal(await BackedUpNode.DumpAsync(dumps.Repository, whole), await BackedUpNode.DumpAsync(ImportedTo(node, target), whole));
        }
    }

    [Fact]
    public async Task Names_the_revision_of_which_a_byte_was_flipped()
    {
        using var dumps = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var dump = await File.ReadAllBytesAsync(await dumps.DumpAsync(), Cancel);
        var target = RunningNode.Request("alpha");
        byte[] flipped = [.. dump];
        // The last byte of the file's text; an empty line and the next revision follow.
        flipped[Dumps.BeginningOf(dump, 6) - 3] ^= 1;

        var failure = await Assert.ThrowsAsync<StorageException>(async () => await LoadAsync(node, target, await dumps.WriteAsync(flipped)));

        Assert.StartsWith("Revision 5 could not be loaded: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("hecksum", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("The revisions up to 4 are whole.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(12, (await LoadAsync(node, target, await dumps.WriteAsync(dump))).Revision);
    }

    [Fact]
    public async Task Does_not_go_on_with_another_dump()
    {
        using var dumps = await Dumps.MakeAsync();
        using var others = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var dump = await File.ReadAllBytesAsync(await dumps.DumpAsync(), Cancel);
        var target = RunningNode.Request("alpha");
        await Assert.ThrowsAsync<StorageException>(async () => await LoadAsync(node, target, await dumps.WriteAsync(dump[..(Dumps.BeginningOf(dump, 7) + 350)])));

        var failure = await Assert.ThrowsAsync<StorageException>(async () => await LoadAsync(node, target, await others.DumpAsync()));

        Assert.StartsWith("This is another dump than the one that was begun with", failure.Message, StringComparison.Ordinal);
        Assert.Equal(6, await BackedUpNode.YoungestAsync(ImportedTo(node, target)));
    }

    [Theory]
    [InlineData("", "This is no dump")]
    [InlineData("a text\nwithout: anything\n", "'a text' is no line of a dump")]
    [InlineData("SVN-fs-dump-format-version: 9\n\n", "format '9'")]
    [InlineData("SVN-fs-dump-format-version: 2\n\n", "no revision in the dump")]
    [InlineData("SVN-fs-dump-format-version: 2\n\nRevision-number: 57\nContent-length: 0\n\n", "begins with revision 57")]
    [InlineData("SVN-fs-dump-format-version: 2\n\nRevision-number: 0\nContent-length: 0\n\nRevision-number: 2\nContent-length: 0\n\n", "revision 2 follows it")]
    [InlineData("SVN-fs-dump-format-version: 2\n\nNode-path: a\n\n", "before the first revision")]
    [InlineData("SVN-fs-dump-format-version: 2\n\nRevision-number: 0\nContent-length: many\n\n", "names no length")]
    public async Task Says_what_is_wrong_with_something_that_is_no_whole_dump(string text, string reason)
    {
        using var dumps = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        await File.WriteAllTextAsync(dumps["dump"], text, Cancel);

        var failure = await Assert.ThrowsAsync<StorageException>(() => LoadAsync(node, RunningNode.Request("alpha"), dumps["dump"]));

        Assert.Contains(reason, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("No revision is loaded yet.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_the_names_of_users_in_the_place_of_authors()
    {
        using var dumps = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");

        await LoadAsync(node, target, await dumps.DumpAsync(), ("jdoe", "john.doe-the-second"));

        for (var revision = 1; revision <= 12; revision++)
        {
            var number = revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var before = await Command.RunAsync("svnlook", "info", "-r", number, dumps.Repository);
            Assert.Equal(before.Replace("jdoe", "john.doe-the-second", StringComparison.Ordinal), await Command.RunAsync("svnlook", "info", "-r", number, ImportedTo(node, target)));
        }
    }

    [Fact]
    public async Task Stops_at_the_quota()
    {
        using var dumps = await Dumps.MakeAsync(commits: 40);
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");
        var job = new LoadJob(target.Copy, new FileSource(await dumps.DumpAsync()), ImmutableDictionary<string, string>.Empty, QuotaBytes: 2000);

        var failure = await Assert.ThrowsAsync<StorageException>(() => node.Get<LoadImport>().RunAsync(job, _ => { }, Cancel));

        Assert.StartsWith("The repository would hold more than its quota of 1.95 KiB", failure.Message, StringComparison.Ordinal);
        Assert.Equal(40, (await node.Get<LoadImport>().RunAsync(job with { QuotaBytes = null }, _ => { }, Cancel)).Revision);
    }

    [Fact]
    public async Task Loads_anew_what_the_power_may_have_taken()
    {
        using var dumps = await Dumps.MakeAsync();
        await using var node = await RunningNode.StartAsync();
        var dump = await File.ReadAllBytesAsync(await dumps.DumpAsync(), Cancel);
        var target = RunningNode.Request("alpha");
        await Assert.ThrowsAsync<StorageException>(async () => await LoadAsync(node, target, await dumps.WriteAsync(dump[..(Dumps.BeginningOf(dump, 7) + 350)])));
        // As an attempt leaves it that was cut short in another run of the machine.
        await File.WriteAllTextAsync(Path.Combine(node.Directories.Import(target.Copy), "written-in"), Guid.NewGuid().ToString(), Cancel);
        var revision = Path.Combine(ImportedTo(node, target), "db", "revs", "0", "3");
        File.SetUnixFileMode(revision, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(revision, "half of it", Cancel);

        Assert.Equal(12, (await LoadAsync(node, target, await dumps.WriteAsync(dump))).Revision);
        Assert.Equal(await BackedUpNode.DumpAsync(dumps.Repository, 12), await BackedUpNode.DumpAsync(ImportedTo(node, target), 12));
    }

    [Fact]
    public async Task Has_nothing_to_serve_before_a_revision_was_loaded()
    {
        await using var node = await RunningNode.StartAsync();
        var failure = await Assert.ThrowsAsync<StorageException>(() => node.Get<StoreImport>().RunAsync(RunningNode.Request("alpha"), _ => { }, Cancel));
        Assert.Contains("no revision was loaded", failure.Message, StringComparison.Ordinal);
    }

    private static string ImportedTo(RunningNode node, ProvisionRequest target) => Path.Combine(node.Directories.Import(target.Copy), "repository");

    private static Task<LoadResult> LoadAsync(RunningNode node, ProvisionRequest target, string file, params (string From, string To)[] authors) => node.Get<LoadImport>().RunAsync(
        new LoadJob(target.Copy, new FileSource(file), authors.ToImmutableDictionary(pair => pair.From, pair => pair.To), QuotaBytes: null), _ => { }, Cancel);

    // A head is a run of lines with a colon; what follows an empty line after content may begin the next record.
    private static bool IsBetweenRecords(byte[] dump, int length) => dump[length - 1] == (byte)'\n';
}
