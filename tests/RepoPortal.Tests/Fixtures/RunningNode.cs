using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Httpd;
using RepoPortal.StorageNode.Provisioning;

namespace RepoPortal.Tests.Fixtures;

/// <summary>A whole storage node: httpd, hooks, provisioning and reading. Only the cluster is not there (<see cref="RecordingGrains"/>).</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ScratchDirectory? _scratch;

    private RunningNode(IHost host, RecordingGrains grains, ScratchDirectory? scratch)
    {
        _host = host;
        _scratch = scratch;
        Grains = grains;
    }

    public RecordingGrains Grains { get; }

    public NodeDirectories Directories => Get<NodeDirectories>();

    public NodeEndpoint Endpoint => Get<HttpdService>().Endpoint;

    /// <summary>Starts a node in a directory of its own.</summary>
    public static Task<RunningNode> StartAsync(params (string Key, string Value)[] settings)
    {
        var scratch = new ScratchDirectory();
        return StartAsync(scratch.Path, scratch, settings);
    }

    /// <summary>Starts a node in a data directory that the caller keeps.</summary>
    public static Task<RunningNode> StartInAsync(string data, params (string Key, string Value)[] settings) => StartAsync(data, null, settings);

    /// <summary>What the record would ask for.</summary>
    public static ProvisionRequest Request(string name, RepositoryLayout layout = RepositoryLayout.Empty) => new(
        new RepositoryCopy(RepositoryId.New(TimeProvider.System), 1), RepositoryName.Parse(name), Guid.NewGuid(), layout, UserName.Parse("ada"),
        new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), new AccessFile(1, "[/]\n* = rw\n"));

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Makes and serves a repository.</summary>
    public async Task<ProvisionRequest> ProvisionAsync(string name, RepositoryLayout layout = RepositoryLayout.Empty)
    {
        var request = Request(name, layout);
        await Get<ProvisionRepository>().RunAsync(request, TestContext.Current.CancellationToken);
        return request;
    }

    /// <summary>Runs <c>svn</c> against this node's httpd as <paramref name="user"/>, with the gateway's key put in by a forwarder of the test's.</summary>
    public async Task<SvnThroughKey> SvnAsync(string user = "ada") => await SvnThroughKey.StartAsync(Endpoint, user);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _scratch?.Dispose();
    }

    private static async Task<RunningNode> StartAsync(string data, ScratchDirectory? scratch, (string Key, string Value)[] settings)
    {
        var (factory, grains) = RecordingGrains.Create();
        (string, string)[] all = [("HookProgram", PublishedHook.Path), .. settings];
        var host = NodeHost.Build(data, all, services =>
        {
            services.AddSingleton<IGrainFactory>(factory);
            services.AddHttpd();
            services.AddRepositories();
            services.AddBackups();
            services.AddHooks();
        });
        try
        {
            await host.StartAsync();
            return new RunningNode(host, grains, scratch);
        }
        catch
        {
            host.Dispose();
            scratch?.Dispose();
            throw;
        }
    }
}
