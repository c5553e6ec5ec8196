using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Content;

/// <summary>The published server with histories that everybody may read: the real one as <c>real</c>, and generated ones.</summary>
internal sealed class ServedHistories : IAsyncDisposable
{
    private readonly Api _api;

    private ServedHistories(RunningServer server, Api api) => (Server, _api) = (server, api);

    public RunningServer Server { get; }

    public static async Task<ServedHistories> StartAsync()
    {
        // It may not put backups on the file system of the repositories, and so takes none, which would read the histories in the middle of the measuring.
        var server = await RunningServer.StartAsync();
        return new ServedHistories(server, new Api(server.Address, await server.AddUserAsync("mei")));
    }

    /// <summary>Makes a repository and puts a history into it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="load">Gets its directory.</param>
    public async Task AddAsync(string name, Func<string, Task> load)
    {
        var store = Path.Combine(Server.Data, "nodes");
        var before = Stores(store).ToHashSet(StringComparer.Ordinal);
        await _api.CreateReadyAsync(name, "public");
        await load(Stores(store).Single(path => !before.Contains(path)));
    }

    public Task<Browser> SignInAsync() => Browser.SignInAsync(Server.Address, "mei", RunningServer.Password);

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await Server.DisposeAsync();
    }

    private static IEnumerable<string> Stores(string nodes) => Directory.Exists(nodes)
        ? Directory.EnumerateDirectories(nodes).Select(node => Path.Combine(node, "store")).Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories).SelectMany(Directory.EnumerateDirectories)
        : [];
}
