using Npgsql;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>A PostgreSQL server of the tests' own: real, reached by a socket in a temporary directory only, gone with the tests.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly Lazy<Task<LeashedProcess>> _server;

    // Without a space in its name: PostgreSQL would take it for a list of directories.
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rp-postgres-");
    private int _databases;

    public PostgresCluster() => _server = new(StartAsync);

    /// <summary>Makes an empty database, starting the server with the first one.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await _server.Value;
        var name = $"portal{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private string Connection(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _directory.FullName,
        Database = database,
        Username = "postgres",
        MaxPoolSize = 30,

        // There are many databases, each with a pool of its own, and most of them idle: their tests are over.
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 5,
    }.ConnectionString;

    private async Task<LeashedProcess> StartAsync()
    {
        var data = Path.Combine(_directory.FullName, "data");
        await Command.RunAsync(Program("initdb"), "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");

        // SIGINT: it ends without waiting for clients, and properly.
        var server = LeashedProcess.Start(
            "INT", Program("postgres"), "-D", data, "-c", $"unix_socket_directories={_directory.FullName}", "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=600");
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await Eventually.TrueAsync(() => AnswersAsync(source), TimeSpan.FromSeconds(30));
        return server;
    }

    private static async Task<bool> AnswersAsync(NpgsqlDataSource source)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Debian keeps the server's programs out of the path.</summary>
    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name)).LastOrDefault(File.Exists) ?? name
            : name;
}
