using Microsoft.Data.Sqlite;
using Npgsql;

namespace RepoPortal.Portal.Record;

/// <summary>Recognises that the database could not be reached, was locked or is full: nothing is wrong with the request, and later it may succeed.</summary>
internal static class DatabaseAway
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>True when one of the exceptions in the chain says so; EF Core wraps them in its own.</summary>
    internal static bool IsDatabaseAway(this Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException { IsTransient: true }
                or SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteReadOnly or SqliteInputOutput or SqliteFull or SqliteCannotOpen })
            {
                return true;
            }
        }

        return false;
    }
}
