using RepoPortal.Tests.Portal.Fixtures;

[assembly: AssemblyFixture(typeof(Portals))]

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>One running portal per database, shared by the tests that get along with each other; started with the first that asks.</summary>
public sealed class Portals : IAsyncDisposable
{
    private readonly Dictionary<Database, Lazy<Task<PortalHost>>> _hosts;

    private readonly PostgresCluster _postgres = new();

    public Portals() => _hosts = new()
    {
        [Database.Sqlite] = new(() => StartAsync(Database.Sqlite)),
        [Database.Postgres] = new(() => StartAsync(Database.Postgres)),
    };

    internal Task<PortalHost> OnAsync(Database database) => _hosts[database].Value;

    /// <summary>A portal of the test's own, with an empty record.</summary>
    internal async Task<PortalHost> StartAsync(Database database, params (string Key, string Value)[] settings) =>
        await PortalHost.StartAsync([.. settings, ("RepoPortal:Database", await ConnectionAsync(database))]);

    /// <summary>The setting for an empty record.</summary>
    internal async Task<string> ConnectionAsync(Database database) =>
        database == Database.Sqlite ? "SQLite" : await _postgres.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values.Where(host => host.IsValueCreated))
            await (await host.Value).DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
