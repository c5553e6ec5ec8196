using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>A gateway before a server that does in httpd's place what a test needs to happen at a precise moment.</summary>
public sealed class ScriptedUpstream : IAsyncLifetime
{
    internal const string Key = "the key of the node";

    private WebApplication? _app;

    internal RunningGateway Gateway { get; private set; } = null!;

    /// <summary>What it does with a request.</summary>
    internal RequestDelegate Script { get; set; } = _ => Task.CompletedTask;

    internal Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>A public repository that exists in the record alone, where everyone in the list may write.</summary>
    internal string AddRepository(string name)
    {
        Gateway.Record.AddRoute(name, Contracts.Repositories.Visibility.Public, members: ("ada", Contracts.Access.AccessLevel.Write));
        return $"/repos/{name}/file";
    }

    public async ValueTask InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync((nameof(GatewayOptions.OutageHold), "00:00:03"));
        Gateway.Record.Endpoint = () => new NodeEndpoint(Address, Key);
        await Gateway.IsSubscribedAsync();
        await StartAsync();
    }

    /// <summary>Starts listening on the port it had before; on a free one the first time and when told to.</summary>
    internal async Task StartAsync(bool elsewhere = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, elsewhere ? 0 : Address.Port);
        });
        _app = builder.Build();
        _app.Run(context => Script(context));
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>Stops listening and closes all connections.</summary>
    internal async Task StopAsync()
    {
        if (_app is not { } app)
            return;
        _app = null;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Gateway.DisposeAsync();
    }
}
