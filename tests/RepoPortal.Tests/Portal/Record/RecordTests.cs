using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Record;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Record;

public sealed class RecordTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Has_migrations_for_everything_in_the_model(Database database)
    {
        var portal = await portals.OnAsync(database);

        Assert.False(await portal.RecordAsync(record => Task.FromResult(record.Database.HasPendingModelChanges())));
    }

    [Theory, OnEachDatabase]
    public async Task Starts_with_the_tiers_of_the_architecture(Database database)
    {
        var portal = await portals.OnAsync(database);

        Assert.Equal(
            ["best-effort", "standard", "critical"],
            await portal.RecordAsync(record => record.Tiers.OrderBy(tier => tier.Order).Select(tier => tier.Id).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Is_migrated_once_by_a_server_and_a_command_that_start_together(Database database)
    {
        using var scratch = new ScratchDirectory();
        var setting = await portals.ConnectionAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => MigrateAsync(scratch.Path, setting))));

        Assert.Equal(0, await MigrateAsync(scratch.Path, setting));
    }

    [Fact]
    public async Task Is_migrated_after_a_migration_that_was_killed()
    {
        using var scratch = new ScratchDirectory();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={scratch["portal.db"]}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(0, await MigrateAsync(scratch.Path, setting: null));
    }

    [Theory]
    [InlineData("MySQL")]
    [InlineData("Host")]
    [InlineData("Colour=red;Password=hidden")]
    public void Refuses_a_setting_that_is_neither_of_the_two_without_repeating_it(string setting)
    {
        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => RecordLocation.Parse(setting));

        Assert.StartsWith("RepoPortal:Database is neither 'SQLite' (the default) nor a PostgreSQL connection string", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", exception.Message, StringComparison.Ordinal);
    }

    /// <returns>How many migrations are still pending.</returns>
    private static async Task<int> MigrateAsync(string data, string? setting)
    {
        using var own = new OwnRecord(data, setting);
        await own.MigrateAsync();
        await using var record = await own.Contexts.CreateDbContextAsync();
        return (await record.Database.GetPendingMigrationsAsync()).Count();
    }
}
