using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Janitor;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Janitor;

public sealed class JanitorTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removes_what_an_earlier_process_left_but_not_what_a_link_points_to()
    {
        using var scratch = new ScratchDirectory();
        using var host = Host(scratch, TimeProvider.System);
        var directories = host.Services.GetRequiredService<NodeDirectories>();
        directories.Create();
        var kept = Directory.CreateDirectory(Path.Combine(directories.Store, "kept")).FullName;
        Directory.CreateDirectory(Path.Combine(directories.Temporary, "half", "made"));
        File.CreateSymbolicLink(Path.Combine(directories.Temporary, "link"), kept);
        await File.WriteAllTextAsync(Path.Combine(directories.Temporary, "file"), "", _cancellation);

        await host.StartAsync(_cancellation);
        var mine = Directory.CreateDirectory(Path.Combine(directories.Temporary, "mine")).FullName;

        await Eventually.TrueAsync(() => Directory.GetFileSystemEntries(directories.Temporary) is [var only] && only == mine);
        Assert.True(Directory.Exists(kept));
        await host.StopAsync(_cancellation);
    }

    [Fact]
    public async Task Empties_the_trash_after_some_days()
    {
        using var scratch = new ScratchDirectory();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var host = Host(scratch, time);
        var directories = host.Services.GetRequiredService<NodeDirectories>();
        directories.Create();
        var discarded = Directory.CreateDirectory(Path.Combine(directories.Trash, "discarded")).FullName;
        Directory.SetLastWriteTimeUtc(discarded, time.GetUtcNow().UtcDateTime);
        await host.StartAsync(_cancellation);

        for (var hour = 1; hour < 3 * 24; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            Assert.True(Directory.Exists(discarded));
        }

        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(1));
            return !Directory.Exists(discarded);
        });
        await host.StopAsync(_cancellation);
    }

    private static IHost Host(ScratchDirectory scratch, TimeProvider time) => NodeHost.BuildAsAnybody(scratch.Path, [("TrashDays", "3")], services =>
    {
        services.AddSingleton(time);
        services.AddHostedService<JanitorService>();
    });
}
