using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Server.Cluster;
using RepoPortal.StorageNode;
using RepoPortal.Tests.Fixtures;
using GrainTypeOptions = Orleans.Configuration.GrainTypeOptions;

namespace RepoPortal.Tests.StorageNode;

/// <summary>The storage role as the server composes it, called through the cluster.</summary>
public sealed class StorageNodeInClusterTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Does_what_the_cluster_asks_and_says_what_it_cannot()
    {
        using var scratch = new ScratchDirectory();
        await using var app = Build(scratch);
        await app.StartAsync(_cancellation);
        var node = app.Services.GetRequiredService<IGrainFactory>().GetGrain<IStorageNodeGrain>("disk-7");
        var request = RunningNode.Request("alpha", RepositoryLayout.Standard);

        Assert.Equal("127.0.0.1", (await node.GetEndpoint(_cancellation)).Address.Host);
        Assert.Equal(1, (await node.Provision(request, _cancellation)).Youngest);
        Assert.Equal(1, (await node.Measure(request.Copy, _cancellation)).Youngest);
        Assert.Equal("ada", Assert.Single(await node.ReadCommits(request.Copy, 1, 10, _cancellation)).Author);
        Assert.Equal(3, (await node.ListDirectory(request.Copy, "/", null, Reader.System, _cancellation))!.Entries.Length);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => node.Provision(request with { Uuid = Guid.NewGuid() }, _cancellation));
        Assert.Contains("is in its place", refusal.Message, StringComparison.Ordinal);
        await node.Discard(request.Copy, request.Name, _cancellation);
        await Assert.ThrowsAsync<CopyNotFoundException>(() => node.Measure(request.Copy, _cancellation));
        await app.StopAsync(_cancellation);
    }

    [Fact]
    public async Task Announces_itself_and_is_ready()
    {
        using var scratch = new ScratchDirectory();
        await using var app = Build(scratch);
        await app.StartAsync(_cancellation);

        var announced = app.Services.GetRequiredService<ConcurrentQueue<NodeAnnouncement>>();
        await Eventually.TrueAsync(() => !announced.IsEmpty);
        var health = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(_cancellation);

        Assert.True(announced.TryPeek(out var word));
        Assert.Equal(("disk-7", Environment.MachineName), (word.Name, word.Host));
        Assert.InRange(word.FreeBytes, 1, word.TotalBytes);
        Assert.Equal((HealthStatus.Healthy, 2), (health.Status, health.Entries.Count));
        await app.StopAsync(_cancellation);
    }

    [Fact]
    public async Task Is_not_ready_while_its_disk_has_less_free_than_is_wanted()
    {
        using var scratch = new ScratchDirectory();
        await using var app = Build(scratch, ("MinimumFreeMegabytes", "1000000000000"));
        await app.StartAsync(_cancellation);

        var health = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(_cancellation);

        Assert.Equal(HealthStatus.Unhealthy, health.Entries["disk"].Status);
        Assert.Contains("are free, less than the", health.Entries["disk"].Description, StringComparison.Ordinal);
        await app.StopAsync(_cancellation);
    }

    [Theory]
    [InlineData("Name", "Node 1", "1 to 32 characters out of a-z, 0-9 and '-'")]
    [InlineData("HttpdProcesses", "0", "a number from 1 to 16")]
    [InlineData("HttpdThreads", "9", "a number from 16 to 512")]
    [InlineData("HttpdCacheMegabytes", "-1", "a number from 0 to 65536")]
    [InlineData("TrashDays", "-1", "a number from 0 to 3650")]
    [InlineData("MinimumFreeMegabytes", "-1", "0 or more")]
    public async Task A_wrong_option_is_refused_at_start_with_what_is_allowed(string option, string value, string allowed)
    {
        using var scratch = new ScratchDirectory();
        using var host = NodeHost.BuildAsAnybody(scratch.Path, [(option, value)], _ => { });

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(_cancellation));

        Assert.Contains($"RepoPortal:StorageNode:{option}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refusal.Message, StringComparison.Ordinal);
    }

    private static WebApplication Build(ScratchDirectory scratch, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (key, value) in ((string, string)[])[("Name", "disk-7"), ("HookProgram", PublishedHook.Path), .. settings])
            builder.Configuration[$"{StorageNodeOptions.Section}:{key}"] = value;
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders().AddProvider(new TestLog()).AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft", LogLevel.Error);
        builder.Services.AddSingleton(new DataDirectory(scratch.Path));
        builder.Services.AddSingleton(new ConcurrentQueue<NodeAnnouncement>());
        builder.AddEmbeddedCluster();
        builder.AddStorageNode();
        builder.Services.Configure<GrainTypeOptions>(grains =>
        {
            grains.Classes.RemoveWhere(typeof(INodeRegistry).IsAssignableFrom);
            grains.Classes.Add(typeof(NodeRegistryGrain));
        });
        return builder.Build();
    }
}

/// <summary>Notes announcements where the portal would keep rows.</summary>
internal sealed class NodeRegistryGrain(ConcurrentQueue<NodeAnnouncement> announced) : Grain, INodeRegistry
{
    public Task Announce(NodeAnnouncement announcement)
    {
        announced.Enqueue(announcement);
        return Task.CompletedTask;
    }
}
