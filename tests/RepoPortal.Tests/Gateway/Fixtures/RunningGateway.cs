using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway;
using RepoPortal.Tests.Fixtures;
using EndpointOptions = Orleans.Configuration.EndpointOptions;
using GrainTypeOptions = Orleans.Configuration.GrainTypeOptions;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>The gateway on Kestrel and in an Orleans silo, both real, before a storage node of the test's choice.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, PortalRecord record) => (_app, Record) = (app, record);

    public PortalRecord Record { get; }

    /// <summary>Where it listens, without and with TLS.</summary>
    public Uri Http => Address("http");

    public Uri Https => Address("https");

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static Task<RunningGateway> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <summary>Starts another one in the same cluster, before the same record.</summary>
    public Task<RunningGateway> StartSecondAsync() => StartAsync(this, []);

    private static async Task<RunningGateway> StartAsync(RunningGateway? first, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{GatewayOptions.Section}:{setting.Key}", (string?)setting.Value)));
        builder.Logging.ClearProviders().AddProvider(new TestLog()).AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft", LogLevel.Error);
        builder.Host.UseOrleans(silo => AddSilo(silo, first));
        builder.AddGateway();
        var certificate = SelfSigned.Certificate();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var record = first?.Record ?? new PortalRecord();
        builder.Services.AddSingleton(record);
        var app = builder.Build();
        var gateway = new RunningGateway(app, record);
        app.UseGateway();
        app.Run(context => context.Response.WriteAsync("portal"));
        await app.StartAsync();
        return gateway;
    }

    /// <summary>Waits until the gateway has subscribed, so that it remembers what it is told.</summary>
    public Task IsSubscribedAsync() => Eventually.TrueAsync(() => Service<RepoPortal.Gateway.Decisions.SnapshotLease>().CurrentTerm is not null);

    /// <summary>Changes the record as the portal does: the row first, then every gateway is told. A name that leads elsewhere from then on was let go before.</summary>
    public async Task ChangeAsync(RepositoryRoute route, AccessLoss? losing = null)
    {
        if (Record.Routes.TryGetValue(route.Name, out var before) && before.Copy.Repository != route.Copy.Repository)
        {
            Record.Routes.TryRemove(route.Name, out _);
            await Service<IGrainFactory>().GetGrain<IAccessBroadcast>(0).Publish(new AccessChange(before.Copy.Repository, null));
        }

        Record.Routes[route.Name] = route with { AccessVersion = route.AccessVersion + 1 };
        await Service<IGrainFactory>().GetGrain<IAccessBroadcast>(0).Publish(new AccessChange(route.Copy.Repository, null, losing));
    }

    /// <summary>Ends all tokens of a person.</summary>
    public Task SuspendAsync(string user)
    {
        foreach (var (digest, _) in Record.Tokens.Where(token => token.Value.User.Value == user))
            Record.Tokens.TryRemove(digest, out _);
        return Service<IGrainFactory>().GetGrain<IAccessBroadcast>(0).Publish(new AccessChange(null, UserName.Parse(user)));
    }

    /// <summary>A plain HTTP client with a connection of its own; redirects and cookies are left alone.</summary>
    public HttpClient Client(string? user = null, string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Http };
        if (user is not null)
            client.DefaultRequestHeaders.Authorization = Basic(user, token!);
        return client;
    }

    public static AuthenticationHeaderValue Basic(string user, string token) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{token}")));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void AddSilo(ISiloBuilder silo, RunningGateway? first)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endpoint = (IPEndPoint)probe.LocalEndPoint!;
        silo.UseLocalhostClustering(siloPort: endpoint.Port, gatewayPort: 0, primarySiloEndpoint: first?.Service<IOptions<EndpointOptions>>().Value.SiloListeningEndpoint ?? endpoint);
        silo.Configure<EndpointOptions>(options => options.SiloListeningEndpoint = endpoint);
        silo.Services.PostConfigure<GrainTypeOptions>(PortalGrains.Register);
    }

    private Uri Address(string scheme) => _app.Urls.Select(url => new Uri(url)).Single(url => url.Scheme == scheme);
}
