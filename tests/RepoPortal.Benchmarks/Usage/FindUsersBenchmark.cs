using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Usage;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Usage;

/// <summary>"Who used any of these repositories since that moment" at ten million rows, on both databases.</summary>
internal static class FindUsersBenchmark
{
    private const int Repositories = 2000;
    private const int Days = 400;

    public static async Task RunAsync()
    {
        using var scratch = new Scratch();
        await MeasureAsync("SQLite", () => new SqliteRecordContext(new DbContextOptionsBuilder<SqliteRecordContext>().UseSqlite($"Data Source={scratch["portal.db"]}").Options));
        await using var postgres = await Postgres.StartAsync();
        await MeasureAsync("PostgreSQL", () => new PostgresRecordContext(new DbContextOptionsBuilder<PostgresRecordContext>().UseNpgsql(postgres.Connection).Options));
    }

    private static async Task MeasureAsync(string database, Func<RecordContext> open)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (rows, repositories) = await SeedAsync(open, now);
        foreach (var (count, days) in new[] { (20, 7), (500, 7), (500, 30), (500, Days), (Repositories, 3) })
        {
            var asked = repositories.Where((_, number) => number % (Repositories / count) == 0).Take(count).ToArray();
            var found = 0;
            var taken = new List<double>();
            for (var round = 0; round < 6; round++)
            {
                await using var record = open();
                taken.Add(await SideBySide.TimeAsync(async () => found = (await FindUsers.LastUsesAsync(record, asked, now.AddDays(-days), default)).Count));
            }

            var samples = new Samples(taken.Skip(1));
            Report.Write(
                string.Create(CultureInfo.InvariantCulture, $"who used {count} repositories in the last {days} days, {rows:N0} rows on {database}: {found} people"),
                $"median {Report.Ms(samples.Median)}, longest {Report.Ms(samples.Percentile(100))}, first {Report.Ms(taken[0])}",
                samples.Percentile(100) < 1000,
                "under 1 s");
        }
    }

    /// <summary>A few rows by the model, so that every value is written as it is in the product, and from them all others by the database itself.</summary>
    private static async Task<(long Rows, RepositoryId[] Repositories)> SeedAsync(Func<RecordContext> open, DateTimeOffset now)
    {
        await using var record = open();
        record.Database.SetCommandTimeout(TimeSpan.FromMinutes(20));
        await record.Database.MigrateAsync();
        RepositoryId[] repositories = [.. Enumerable.Range(0, Repositories).Select(_ => RepositoryId.New(TimeProvider.System))];
        record.AddRange(repositories.Select(repository => Row(repository, now.AddDays(-Days - 1), "seed")));
        record.AddRange(Enumerable.Range(0, Days).Select(day => Row(repositories[0], now.AddDays(-day).AddMinutes(-1), "days")));
        await record.SaveChangesAsync();
        await record.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "Usage" ("RepositoryId", "Day", "User", "Reads", "Writes", "BytesSent", "BytesReceived", "LastAt")
            SELECT r."RepositoryId", d."Day", 'user-' || CAST((r.number * 7 + u.number) % 5000 AS TEXT), 10, 1, 1000, 100, d."LastAt"
            FROM (SELECT "RepositoryId", ROW_NUMBER() OVER (ORDER BY "RepositoryId") AS number FROM "Usage" WHERE "User" = 'seed') AS r
            CROSS JOIN (SELECT "Day", "LastAt" FROM "Usage" WHERE "User" = 'days') AS d
            CROSS JOIN (SELECT 1 AS number UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9
                UNION SELECT 10 UNION SELECT 11 UNION SELECT 12 UNION SELECT 13) AS u
            """);
        if (record is PostgresRecordContext)
            await record.Database.ExecuteSqlRawAsync("VACUUM ANALYZE \"Usage\"");
        return (await record.Usage.LongCountAsync(), repositories);
    }

    private static UsageDay Row(RepositoryId repository, DateTimeOffset at, string user) => new()
    {
        RepositoryId = repository,
        Day = DateOnly.FromDateTime(at.UtcDateTime),
        User = user,
        Reads = 1,
        Writes = 0,
        BytesSent = 1,
        BytesReceived = 0,
        LastAt = at,
    };
}
