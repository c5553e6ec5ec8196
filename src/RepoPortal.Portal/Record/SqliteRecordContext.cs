using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Record;

/// <summary>The record in the embedded database.</summary>
internal sealed class SqliteRecordContext(DbContextOptions<SqliteRecordContext> options) : RecordContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        base.ConfigureConventions(builder);

        // SQLite has no type for points in time; text with an offset would not sort.
        builder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // A search reads every text, but from this index, which is a fifth of the table. PostgreSQL reads in parallel, and its indexes take no long texts.
        builder.Entity<Repository>().HasIndex(repository => new { repository.SearchText, repository.Id });
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
