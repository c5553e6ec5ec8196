using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RepoPortal.Portal.Record;

/// <summary>What is set on every connection to the embedded database.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // SQLite's own waiting retries within a millisecond; without it the driver would look again only every 150 ms.
    private const string Pragmas = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
