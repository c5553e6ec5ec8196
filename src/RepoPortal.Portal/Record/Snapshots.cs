using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace RepoPortal.Portal.Record;

/// <summary>Reading several tables as of one moment.</summary>
internal static class Snapshots
{
    /// <summary>A transaction in which every query sees the same state; it writes nothing and waits for nobody.</summary>
    internal static async Task<IDbContextTransaction> BeginSnapshotAsync(this RecordContext record, CancellationToken cancellationToken)
    {
        if (record is PostgresRecordContext)
            return await record.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await record.Database.OpenConnectionAsync(cancellationToken);
        // Deferred: a reader in WAL mode. What EF would begin by itself takes the write lock.
        var transaction = ((SqliteConnection)record.Database.GetDbConnection()).BeginTransaction(IsolationLevel.Serializable, deferred: true);
        return await record.Database.UseTransactionAsync(transaction, cancellationToken)
            ?? throw new InvalidOperationException("a transaction that was just begun is not there");
    }
}
