using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Benchmarks.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Record;
using RepoPortal.Server.Hosting;
using RepoPortal.StorageNode;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Measuring;

/// <summary>The whole server in this process, in a data directory of its own: for what has no command or request of its own to be timed by.</summary>
internal sealed class ServerInProcess : IAsyncDisposable
{
    private readonly Scratch _scratch = new();
    private readonly WebApplication _app;

    private ServerInProcess() => _app = ServerHost.Build(_scratch["data"], RunningServer.FreePort());

    public IServiceProvider Services => _app.Services;

    /// <summary>The owner and the members.</summary>
    public SeededPeople People { get; private set; } = null!;

    /// <summary>The API as the owner uses it.</summary>
    public Api Api { get; private set; } = null!;

    /// <summary>Starts it, with an owner and so many others. Its backups lie on the file system of its repositories, as what they are compared with does, unless another place is named.</summary>
    public static async Task<ServerInProcess> StartAsync(int members = 1, string? backups = null)
    {
        Environment.SetEnvironmentVariable("RepoPortal__StorageNode__HookProgram", Path.Combine(PublishedApp.Directory, "repoportal-hook"));
        Environment.SetEnvironmentVariable("RepoPortal__Backup__SameFileSystem", "true");
        Environment.SetEnvironmentVariable("RepoPortal__Backup__Directory", backups);
        Environment.SetEnvironmentVariable("ASPNETCORE_APPLICATIONNAME", "repoportal"); // whose manifest of static files there is
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        var server = new ServerInProcess();
        await server._app.StartAsync();
        server.People = await SeededPeople.AddAsync(Path.Combine(server._scratch["data"], "portal.db"), members);
        server.Api = new Api(new Uri(server._app.Urls.First()), server.People.OwnerToken);
        return server;
    }

    /// <summary>Where svn finds a repository.</summary>
    public string Url(string name) => new Uri(new Uri(_app.Urls.First()), $"repos/{name}").ToString();

    /// <summary>A path beside the data directory.</summary>
    public string Beside(string name) => _scratch[name];

    /// <summary>An empty repository, ready, and where it lies.</summary>
    public async Task<(RepositoryCopy Copy, string Path)> CreateAsync(string name)
    {
        await Api.CreateReadyAsync(name);
        var wanted = RepositoryName.Parse(name);
        var id = await RecordAsync(record => record.Repositories.Where(row => row.Name == wanted).Select(row => row.Id).SingleAsync());
        var copy = new RepositoryCopy(id, 1);
        return (copy, Services.GetRequiredService<NodeDirectories>().Copy(copy));
    }

    /// <summary>Reads or writes the record past every use case.</summary>
    public async Task<T> RecordAsync<T>(Func<RecordContext, Task<T>> work)
    {
        await using var record = await Services.GetRequiredService<IDbContextFactory<RecordContext>>().CreateDbContextAsync();
        return await work(record);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _scratch.Dispose();
    }
}
