using System.Globalization;
using System.Security.Cryptography;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Exporting;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.StorageNode.Backups;

namespace RepoPortal.Tests.StorageNode.Exporting;

public sealed class ExportRepositoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ExportCompression.Gzip, false)]
    [InlineData(ExportCompression.Zstd, false)]
    [InlineData(ExportCompression.Gzip, true)]
    public async Task A_dump_loads_into_an_equal_repository(ExportCompression compression, bool deltas)
    {
        await using var node = await BackedUpNode.StartAsync(commits: 4);
        using var scratch = new ScratchDirectory();
        var job = Job(node, new ExportContent(ExportForm.Dump, compression, 0, 4, Incremental: false, deltas));

        var result = await ExportAsync(node, job);

        var file = node.Node.Get<ExportFiles>().PathOf(job.Export);
        Assert.Equal(new FileInfo(file).Length, result.SizeBytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel))), result.Sha256);
        await LoadAsync(file, scratch["loaded"], compression);
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, 4), await BackedUpNode.DumpAsync(scratch["loaded"], 4));
        Assert.Equal(await Command.RunAsync("svnlook", "uuid", node.Original), await Command.RunAsync("svnlook", "uuid", scratch["loaded"]));
    }

    [Fact]
    public async Task A_dump_as_of_a_revision_ends_there_although_people_commit()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        using var scratch = new ScratchDirectory();
        var commits = Task.Run(async () =>
        {
            for (var commit = 0; commit < 5; commit++)
                await node.CommitAsync();
        });
        var job = Job(node, Dump(0, 3));

        await ExportAsync(node, job);
        await commits;

        await LoadAsync(node.Node.Get<ExportFiles>().PathOf(job.Export), scratch["loaded"]);
        Assert.Equal(3, await BackedUpNode.YoungestAsync(scratch["loaded"]));
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, 3), await BackedUpNode.DumpAsync(scratch["loaded"], 3));
    }

    [Fact]
    public async Task An_incremental_dump_loads_onto_the_one_before()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 5);
        using var scratch = new ScratchDirectory();
        var (before, after) = (Job(node, Dump(0, 2)), Job(node, Dump(3, 5) with { Incremental = true }));
        await ExportAsync(node, before);
        await ExportAsync(node, after);

        var files = node.Node.Get<ExportFiles>();
        await LoadAsync(files.PathOf(before.Export), scratch["loaded"]);
        await LoadAsync(files.PathOf(after.Export), scratch["loaded"]);

        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, 5), await BackedUpNode.DumpAsync(scratch["loaded"], 5));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public async Task An_archive_unpacks_to_a_working_repository(long revision)
    {
        await using var node = await BackedUpNode.StartAsync(commits: 4);
        using var scratch = new ScratchDirectory();
        var job = Job(node, new ExportContent(ExportForm.Archive, ExportCompression.Gzip, 0, revision, Incremental: false, Deltas: false));

        await ExportAsync(node, job);

        await Command.RunAsync("tar", "-xzf", node.Node.Get<ExportFiles>().PathOf(job.Export), "-C", scratch.Path);
        var unpacked = scratch["alpha"];
        await Command.RunAsync("svnadmin", "verify", "-q", unpacked);
        Assert.Equal(await BackedUpNode.DumpAsync(node.Original, revision), await BackedUpNode.DumpAsync(unpacked, revision));
        await Command.RunAsync("svn", "mkdir", "-m", "goes on", new Uri(unpacked).AbsoluteUri + "/new");
        Assert.Equal(revision + 1, await BackedUpNode.YoungestAsync(unpacked));
        Assert.False(Directory.Exists(Path.Combine(unpacked, "repoportal")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
    }

    [Fact]
    public async Task May_run_twice_and_begins_anew_what_a_dead_process_left()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        var (job, files) = (Job(node, Dump(0, 2)), node.Node.Get<ExportFiles>());
        files.Create();
        await File.WriteAllTextAsync(files.PartialPathOf(job.Export), "half of it", Cancel);
        Assert.Equal([job.Export], files.List());
        Assert.Null(files.Read(job.Export, 0));

        var first = await ExportAsync(node, job);

        Assert.Equal(first, await ExportAsync(node, job));
        Assert.False(File.Exists(files.PartialPathOf(job.Export)));
    }

    [Fact]
    public async Task What_is_stopped_leaves_nothing()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        var (job, files) = (Job(node, Dump(0, 2)), node.Node.Get<ExportFiles>());
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Node.Get<ExportRepository>().RunAsync(job, _ => stop.Cancel(), stop.Token));

        Assert.Empty(files.List());
    }

    [Fact]
    public async Task Damage_is_said_and_leaves_nothing()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 3);
        BackedUpNode.FlipBit(node.Original, 2, silently: true);
        foreach (var content in new[] { Dump(0, 3), Dump(0, 3) with { Form = ExportForm.Archive } })
        {
            var failure = await Assert.ThrowsAsync<StorageException>(() => ExportAsync(node, Job(node, content)));
            Assert.StartsWith("the export could not be made: ", failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(node.Node.Get<ExportFiles>().List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(node.Node.Directories.Temporary));
    }

    [Fact]
    public async Task Is_read_in_pieces_and_removed()
    {
        await using var node = await BackedUpNode.StartAsync(commits: 2);
        // Random bytes do not compress, so that there are several pieces.
        var noise = Path.Combine(node.Node.Directories.Root, "noise");
        await File.WriteAllBytesAsync(noise, RandomNumberGenerator.GetBytes(3 * ExportPiece.MostBytes), Cancel);
        await Command.RunAsync("svnmucc", "-u", "ada", "-m", "noise", "-U", new Uri(node.Original).AbsoluteUri, "put", noise, "noise");
        var (job, files) = (Job(node, Dump(0, 3)), node.Node.Get<ExportFiles>());
        var result = await ExportAsync(node, job);

        using var read = new MemoryStream();
        for (var piece = files.Read(job.Export, 0)!; piece.Bytes.Length > 0; piece = files.Read(job.Export, read.Length)!)
        {
            Assert.Equal(result.SizeBytes, piece.FileBytes);
            read.Write(piece.Bytes);
        }

        Assert.Equal(result.Sha256, Convert.ToHexStringLower(SHA256.HashData(read.ToArray())));
        files.Remove(job.Export);
        files.Remove(job.Export);
        Assert.Null(files.Read(job.Export, 0));
        Assert.Empty(files.List());
    }

    [Fact]
    public async Task Leaves_the_disk_the_room_that_the_node_needs()
    {
        var more = new DriveInfo(Path.GetTempPath()).TotalSize >> 20;
        await using var node = await BackedUpNode.StartAsync(commits: 1, ("MinimumFreeMegabytes", more.ToString(CultureInfo.InvariantCulture)));

        var failure = await Assert.ThrowsAsync<StorageException>(() => ExportAsync(node, Job(node, Dump(0, 1))));

        Assert.Contains("MiB free on the disk of the storage node", failure.Message, StringComparison.Ordinal);
        Assert.Empty(node.Node.Get<ExportFiles>().List());
    }

    private static ExportContent Dump(long first, long last) => new(ExportForm.Dump, ExportCompression.Gzip, first, last, Incremental: false, Deltas: false);

    private static ExportJob Job(BackedUpNode node, ExportContent content) => new(Guid.NewGuid(), node.Copy, node.Request.Name, content);

    private static Task<ExportResult> ExportAsync(BackedUpNode node, ExportJob job) => node.Node.Get<ExportRepository>().RunAsync(job, _ => { }, Cancel);

    private static async Task LoadAsync(string dump, string repository, ExportCompression compression = ExportCompression.Gzip)
    {
        if (!Directory.Exists(repository))
            await Command.RunAsync("svnadmin", "create", repository);
        await Command.RunAsync("sh", "-c", "\"$0\" -dc < \"$1\" | svnadmin load -q \"$2\"", compression == ExportCompression.Gzip ? "gzip" : "zstd", dump, repository);
    }
}
