using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RepoPortal.Contracts.Usage;

namespace RepoPortal.Portal.Usage;

/// <summary>Adds counts to the rows of their days, or makes those: a few hundred in one statement, the same on SQLite and PostgreSQL.</summary>
internal static class UsageUpsert
{
    // Eight parameters each, of the 32,766 that SQLite takes.
    private const int RowsAtOnce = 500;

    private static readonly string[] Columns =
    [
        nameof(UsageDay.RepositoryId), nameof(UsageDay.Day), nameof(UsageDay.User), nameof(UsageDay.Reads), nameof(UsageDay.Writes),
        nameof(UsageDay.BytesSent), nameof(UsageDay.BytesReceived), nameof(UsageDay.LastAt),
    ];

    /// <summary>All of them or, when it fails, none.</summary>
    internal static async Task AddAsync(RecordContext record, IReadOnlyCollection<UseCount> uses, CancellationToken cancellationToken)
    {
        var mappings = Mappings(record);
        await using var transaction = await record.Database.BeginTransactionAsync(cancellationToken);
        // In the order of the key, so that two writers never wait for each other in a circle.
        foreach (var rows in uses.OrderBy(use => use.Repository.Value).ThenBy(use => use.Day).ThenBy(use => NameOf(use), StringComparer.Ordinal).Chunk(RowsAtOnce))
        {
            await using var command = record.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
            Fill(command, rows, mappings);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static RelationalTypeMapping[] Mappings(RecordContext record)
    {
        var entity = record.Model.FindEntityType(typeof(UsageDay))!;
        return [.. Columns.Select(column => entity.FindProperty(column)!.GetRelationalTypeMapping())];
    }

    private static void Fill(DbCommand command, UseCount[] rows, RelationalTypeMapping[] mappings)
    {
        var text = new StringBuilder("INSERT INTO \"Usage\" (").AppendJoin(", ", Columns.Select(column => $"\"{column}\"")).Append(") VALUES ");
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            var values = Values(rows[row]);
            for (var column = 0; column < values.Length; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{(row * Columns.Length) + column}");
                text.Append(column == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(mappings[column].CreateParameter(command, name, values[column], nullable: false));
            }

            text.Append(')');
        }

        text.Append(
            """
             ON CONFLICT ("RepositoryId", "Day", "User") DO UPDATE SET
            "Reads" = "Usage"."Reads" + excluded."Reads",
            "Writes" = "Usage"."Writes" + excluded."Writes",
            "BytesSent" = "Usage"."BytesSent" + excluded."BytesSent",
            "BytesReceived" = "Usage"."BytesReceived" + excluded."BytesReceived",
            "LastAt" = CASE WHEN excluded."LastAt" > "Usage"."LastAt" THEN excluded."LastAt" ELSE "Usage"."LastAt" END
            """);
        command.CommandText = text.ToString();
    }

    private static object[] Values(UseCount use) =>
        [use.Repository, use.Day, NameOf(use), use.Reads, use.Writes, use.BytesSent, use.BytesReceived, use.LastAt];

    private static string NameOf(UseCount use) => use.User?.Value ?? UserName.AnonymousValue;
}
