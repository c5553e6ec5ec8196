using CliWrap;
using Npgsql;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A PostgreSQL server of its own, as Debian ships it, reached by a socket in a temporary directory; with its usual settings, and so with fsync.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private readonly Scratch _scratch = new();
    private LeashedProcess? _server;

    /// <summary>How to connect to it.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder { Host = _scratch.Path, Database = "postgres", Username = "postgres", CommandTimeout = 1200 }.ConnectionString;

    public static async Task<Postgres> StartAsync()
    {
        var postgres = new Postgres();
        var programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/";
        await Cli.Wrap(programs + "initdb").WithArguments(["--pgdata", postgres._scratch["data"], "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]).ExecuteAsync();
        postgres._server = LeashedProcess.Start("INT", programs + "postgres", "-D", postgres._scratch["data"], "-c", $"unix_socket_directories={postgres._scratch.Path}", "-c", "listen_addresses=");
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await using var source = NpgsqlDataSource.Create(postgres.Connection);
                await using var connection = await source.OpenConnectionAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        return postgres;
    }

    /// <summary>Throws away everything in it, as when its machine is lost and another one is set up.</summary>
    public async Task EmptyAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _scratch.Dispose();
    }
}
