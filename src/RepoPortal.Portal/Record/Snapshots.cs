using System.Data;
using Microsoft.Data.Sqlite;

namespace RepoPortal.Portal.Record;

/// <summary>Reading several tables as of one moment.</summary>
internal static class Snapshots
{
    /// <summary>Runs <paramref name="read"/> so that all of its queries see the same state; it writes nothing, and waits for nobody.</summary>
    internal static async Task<T> AsOfOneMomentAsync<T>(this RecordContext record, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        if (record is PostgresRecordContext)
        {
            await using var repeatable = await record.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return await read();
        }

        await record.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // Deferred: a reader in WAL mode. What EF would begin by itself takes the write lock. EF does not end a transaction that it did not begin.
            await using var deferred = ((SqliteConnection)record.Database.GetDbConnection()).BeginTransaction(IsolationLevel.Serializable, deferred: true);
            await using var used = await record.Database.UseTransactionAsync(deferred, cancellationToken);
            return await read();
        }
        finally
        {
            await record.Database.CloseConnectionAsync();
        }
    }
}
