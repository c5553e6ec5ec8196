namespace RepoPortal.Portal.Record;

/// <summary>
/// PostgreSQL names what a statement sees: which transactions have ended (<c>pg_current_snapshot()</c>, postgresql.org/docs, "Transaction ID and Snapshot
/// Information Functions"). Two statements with the same name see the same; other databases of the server change it, too, which only costs reading anew.
/// </summary>
internal sealed class PostgresRecordVersion(IDbContextFactory<RecordContext> contexts) : IRecordVersion
{
    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Database.SqlQueryRaw<string>("""SELECT pg_current_snapshot()::text AS "Value" """).SingleAsync(cancellationToken);
    }
}
