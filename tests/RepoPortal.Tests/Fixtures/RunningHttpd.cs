using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Httpd;

namespace RepoPortal.Tests.Fixtures;

/// <summary>A storage node's httpd under its real supervision, in a directory of its own, and nothing else of the node.</summary>
internal sealed class RunningHttpd : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ScratchDirectory? _scratch;

    private RunningHttpd(IHost host, ScratchDirectory? scratch)
    {
        _host = host;
        _scratch = scratch;
    }

    public HttpdService Service => _host.Services.GetRequiredService<HttpdService>();

    public NodeEndpoint Endpoint => Service.Endpoint;

    public NodeDirectories Directories => _host.Services.GetRequiredService<NodeDirectories>();

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts httpd in a directory of its own.</summary>
    public static async Task<RunningHttpd> StartAsync(params (string Key, string Value)[] settings)
    {
        var scratch = new ScratchDirectory();
        return await StartAsync(scratch.Path, scratch, settings);
    }

    /// <summary>Starts httpd in a data directory that the caller keeps.</summary>
    public static Task<RunningHttpd> StartInAsync(string data, params (string Key, string Value)[] settings) => StartAsync(data, null, settings);

    /// <summary>Makes an empty repository and serves it, as provisioning would, but with svnadmin.</summary>
    public async Task CreateRepositoryAsync(string name)
    {
        var path = Path.Combine(Directories.Store, name);
        await Command.RunAsync("svnadmin", "create", path);
        await File.WriteAllTextAsync(Path.Combine(path, "conf", "authz"), "[/]\n* = rw\n");
        File.CreateSymbolicLink(Path.Combine(Directories.Serve, name), $"../store/{name}");
    }

    /// <summary>A client that sends what the gateway sends: the key, and the user's name as Basic credentials.</summary>
    public HttpClient Client(string? user = "somebody", bool withKey = true)
    {
        var client = new HttpClient { BaseAddress = Endpoint.Address };
        if (withKey)
            client.DefaultRequestHeaders.Add(NodeEndpoint.KeyHeader, Endpoint.Key);
        if (user is not null)
            client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:")));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _scratch?.Dispose();
    }

    private static async Task<RunningHttpd> StartAsync(string data, ScratchDirectory? scratch, (string Key, string Value)[] settings)
    {
        var host = NodeHost.Build(data, settings, services => services.AddHttpd());
        try
        {
            await host.StartAsync();
            return new RunningHttpd(host, scratch);
        }
        catch
        {
            host.Dispose();
            scratch?.Dispose();
            throw;
        }
    }
}
