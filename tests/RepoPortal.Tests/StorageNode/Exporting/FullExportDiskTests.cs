using System.Security.Cryptography;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Exporting;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.StorageNode.Backups;

namespace RepoPortal.Tests.StorageNode.Exporting;

/// <summary>The disk of the exports is really full: a tmpfs of one megabyte, which a user may mount in a name space of their own.</summary>
public sealed class FullExportDiskTests
{
    private const string Mount = "RP_TEST_CHILD_MOUNT";
    private const int NoiseBytes = 2 << 20;

    [Fact]
    public async Task An_export_that_does_not_fit_says_so_and_leaves_nothing()
    {
        using var scratch = new ScratchDirectory();
        var mount = Directory.CreateDirectory(scratch["disk"]).FullName;
        // As the same user, because httpd refuses root.
        string[] confined = ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs \"$0\" && exec \"$@\"", mount];

        var possible = await Command.TryAsync(confined[0], [.. confined[1..], "true"]);
        Assert.SkipUnless(possible.IsSuccess, $"This machine lets no user mount a file system of their own: {possible.StandardError}");
        using var child = ChildTest.Start(
            [.. confined, .. ChildTest.CommandLine(typeof(FullExportDiskTests), nameof(Exports_to_the_small_disk), scratch)], (Mount, mount));
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, output);
    }

    [Fact(Explicit = true)]
    public async Task Exports_to_the_small_disk()
    {
        var mount = Environment.GetEnvironmentVariable(Mount)!;
        await using var node = await BackedUpNode.StartAsync(commits: 1, ("ExportDirectory", mount), ("MinimumFreeMegabytes", "0"));
        var noise = Path.Combine(node.Node.Directories.Root, "noise");
        await File.WriteAllBytesAsync(noise, RandomNumberGenerator.GetBytes(NoiseBytes), TestContext.Current.CancellationToken);
        await Command.RunAsync("svnmucc", "-u", "ada", "-m", "noise", "-U", new Uri(node.Original).AbsoluteUri, "put", noise, "noise");

        // Not one that begins with revision 0, of which is known before that it cannot fit.
        var failure = await Assert.ThrowsAsync<StorageException>(() => ExportAsync(node, 1, 2));
        var known = await Assert.ThrowsAsync<StorageException>(() => ExportAsync(node, 0, 2));

        Assert.Equal("the export could not be made: the disk of the storage node is full", failure.Message);
        Assert.Contains("MiB free on the disk of the storage node", known.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(mount));
        await ExportAsync(node, 1, 1);
    }

    private static Task<ExportResult> ExportAsync(BackedUpNode node, long first, long last) => node.Node.Get<ExportRepository>().RunAsync(
        new ExportJob(Guid.NewGuid(), node.Copy, node.Request.Name, new ExportContent(ExportForm.Dump, ExportCompression.Gzip, first, last, Incremental: true, Deltas: false)),
        _ => { },
        TestContext.Current.CancellationToken);
}
