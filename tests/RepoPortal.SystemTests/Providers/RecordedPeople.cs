using Microsoft.Data.Sqlite;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Providers;

/// <summary>Who has an account, read past the server out of its record.</summary>
internal static class RecordedPeople
{
    internal static async Task<IReadOnlyList<string>> UserNamesAsync(this RunningServer server)
    {
        await using var record = new SqliteConnection($"Data Source={Path.Combine(server.Data, "portal.db")};Mode=ReadOnly;Pooling=False");
        await record.OpenAsync();
        await using var command = record.CreateCommand();
        command.CommandText = "SELECT UserName FROM Users ORDER BY UserName";
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
            names.Add(rows.GetString(0));
        return names;
    }
}
