using Microsoft.EntityFrameworkCore.Design;

namespace RepoPortal.Portal.Record;

// What `dotnet ef migrations add` makes contexts with; neither database is opened.

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteRecordContext>
{
    public SqliteRecordContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRecordContext>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresRecordContext>
{
    public PostgresRecordContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresRecordContext>().UseNpgsql("Host=localhost").Options);
}
