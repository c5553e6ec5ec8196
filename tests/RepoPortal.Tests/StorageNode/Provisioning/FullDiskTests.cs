using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Provisioning;

/// <summary>A disk that is really full: a tmpfs of some kilobytes, which a user may mount in a name space of their own.</summary>
public sealed class FullDiskTests
{
    private const string Mount = "RP_TEST_CHILD_MOUNT";

    // 0: not even a directory; then every size at which another step fails, up to one that is just too small.
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(64)]
    public async Task Fails_with_the_reason_leaves_nothing_and_works_once_there_is_room(int freeKilobytes)
    {
        using var scratch = new ScratchDirectory();
        var mount = Directory.CreateDirectory(scratch["disk"]).FullName;
        var script = $"""
            mount -t tmpfs -o size=1m,nr_inodes=1000 tmpfs "$0" && head -c {(1024 - freeKilobytes) * 1024} /dev/zero > "$0/ballast"
            exec "$@"
            """;
        string[] confined = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, mount];

        var possible = await Command.TryAsync(confined[0], [.. confined[1..], "true"]);
        Assert.SkipUnless(possible.IsSuccess, $"This machine lets no user mount a file system of their own: {possible.StandardError}");
        using var child = ChildTest.Start(
            [.. confined, .. ChildTest.CommandLine(typeof(FullDiskTests), nameof(Provisions_on_the_small_disk), scratch)], (Mount, mount));
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, output);
    }

    [Fact(Explicit = true)]
    public async Task Provisions_on_the_small_disk()
    {
        var mount = Environment.GetEnvironmentVariable(Mount)!;
        using var host = NodeHost.BuildAsAnybody(mount, [], services => services.AddHttpd().AddRepositories());
        var directories = host.Services.GetRequiredService<NodeDirectories>();
        directories.Create();
        var provision = host.Services.GetRequiredService<ProvisionRepository>();
        var request = RunningNode.Request("alpha", RepoPortal.Contracts.Repositories.RepositoryLayout.Standard);

        var failure = await Assert.ThrowsAsync<StorageException>(() => provision.RunAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal("the repository could not be made: the disk of the storage node is full", failure.Message);
        foreach (var directory in (string[])[directories.Store, directories.Serve, directories.Temporary])
            Assert.Empty(Directory.EnumerateFileSystemEntries(directory));

        File.Delete(Path.Combine(mount, "ballast"));
        await provision.RunAsync(request, TestContext.Current.CancellationToken);
        await Command.RunAsync("svnadmin", "verify", "--quiet", directories.Copy(request.Copy));
    }
}
