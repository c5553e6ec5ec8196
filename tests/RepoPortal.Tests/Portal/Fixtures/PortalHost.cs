using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Add;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Server.Cluster;
using RepoPortal.StorageNode;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>The portal as it ships, on a socket, with Orleans, in a data directory of its own. Without a storage node, unless asked for: repositories stay provisioning.</summary>
internal sealed class PortalHost : IAsyncDisposable
{
    private static int _names;

    private readonly WebApplication _app;
    private readonly ScratchDirectory? _scratch;

    private PortalHost(WebApplication app, ScratchDirectory? scratch) => (_app, _scratch) = (app, scratch);

    public IServiceProvider Services => _app.Services;

    public DataDirectory Data => Services.GetRequiredService<DataDirectory>();

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts in a data directory that goes with the portal.</summary>
    public static Task<PortalHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var scratch = new ScratchDirectory();
        return StartAsync(scratch.Path, scratch, _ => { }, TimeProvider.System, settings);
    }

    /// <summary>Starts in a data directory that the caller keeps.</summary>
    public static Task<PortalHost> StartInAsync(string data, params (string Key, string Value)[] settings) => StartAsync(data, null, _ => { }, TimeProvider.System, settings);

    /// <summary>Starts with a real storage node in the same process, and returns when the portal has heard of it.</summary>
    public static Task<PortalHost> StartWithNodeAsync(string data, params (string Key, string Value)[] settings) => StartWithNodeAsync(data, TimeProvider.System, settings);

    /// <summary>The same with a clock of the test's own, which has to be right at first.</summary>
    public static async Task<PortalHost> StartWithNodeAsync(string data, TimeProvider time, params (string Key, string Value)[] settings)
    {
        var startedAt = TimeProvider.System.GetUtcNow();
        var portal = await StartAsync(
            data, null, builder => builder.AddStorageNode(), time, [.. settings, ("RepoPortal:StorageNode:HookProgram", PublishedHook.Path)]);
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Nodes.AnyAsync(node => node.SeenAt >= startedAt)));
        return portal;
    }

    private static async Task<PortalHost> StartAsync(
        string data, ScratchDirectory? scratch, Action<WebApplicationBuilder> parts, TimeProvider time, (string Key, string Value)[] settings)
    {
        // The name is that of the assembly whose manifest of static files there is.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "repoportal" });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider, TestLog>();
        builder.Services.AddSingleton(new DataDirectory(data));
        builder.Services.AddSingleton(time);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddEmbeddedCluster();
        builder.AddPortal();
        parts(builder);
        var app = builder.Build();
        app.MapPortal();
        await app.StartAsync();
        return new PortalHost(app, scratch);
    }

    /// <summary>A name no other test uses.</summary>
    public static string NewName(string stem) => $"{stem}-{Interlocked.Increment(ref _names)}";

    /// <summary>Runs a use case as a request would.</summary>
    public async Task<T> DoAsync<TUseCase, T>(Func<TUseCase, Task<T>> work)
        where TUseCase : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }

    /// <summary>Reads or writes the record past every use case.</summary>
    public async Task<T> RecordAsync<T>(Func<RecordContext, Task<T>> work)
    {
        await using var record = await Services.GetRequiredService<IDbContextFactory<RecordContext>>().CreateDbContextAsync();
        return await work(record);
    }

    /// <summary>Somebody with an account and a token.</summary>
    public async Task<TestPerson> PersonAsync(string stem = "person", UserKind kind = UserKind.Internal, bool administrator = false)
    {
        var name = NewName(stem);
        await DoAsync<AddUser, object>(async add => (await add.ExecuteAsync(
            new NewAccount(name, $"{name}@example.org", $"{stem} Someone", TestPerson.Password, kind, administrator), Actor.Operator, default)).Value);
        var user = await RecordAsync(record => record.Users.SingleAsync(row => row.UserName == name));
        var token = await DoAsync<CreateToken, CreatedToken>(async create => (await create.ExecuteAsync(
            new NewToken("test", ReadOnly: false, Days: 1), Actor.Of(user), default)).Value);
        return new TestPerson(Actor.Of(user), token.Secret, Client(token.Secret));
    }

    /// <summary>A client of the API; without a token an anonymous one.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A repository that <paramref name="owner"/> asked for.</summary>
    public async Task<RepositoryView> RepositoryAsync(TestPerson owner, string description = "", RepositoryLayout layout = RepositoryLayout.Empty) =>
        (await DoAsync<CreateRepository, Outcome<RepositoryView>>(create => create.ExecuteAsync(
            new NewRepository(NewName("repository"), description, "standard", Visibility.Private, layout), owner.Actor, default))).Value;

    /// <summary>A repository as <paramref name="person"/> sees it now.</summary>
    public async Task<RepositoryView> ViewAsync(RepositoryView repository, TestPerson person) =>
        (await DoAsync<ViewRepository, Outcome<RepositoryView>>(view => view.ExecuteAsync(repository.Name.Value, person.Actor, default))).Value;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _scratch?.Dispose();
    }
}

/// <summary>Somebody in a test.</summary>
internal sealed record TestPerson(Actor Actor, string Token, HttpClient Api)
{
    public const string Password = "correct horse battery";

    public UserName Name => Actor.Name!.Value;

    public string Email => $"{Name}@example.org";
}
