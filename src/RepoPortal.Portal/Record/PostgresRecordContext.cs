using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RepoPortal.Portal.Access;

namespace RepoPortal.Portal.Record;

/// <summary>The record in PostgreSQL.</summary>
internal sealed class PostgresRecordContext(DbContextOptions<PostgresRecordContext> options) : RecordContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        base.ConfigureConventions(builder);

        // timestamptz takes UTC only; dates of commits come with whatever offset their author had.
        builder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();

        // Names sort by code point as they do in SQLite and in Subversion, whatever language the database was made for.
        builder.Properties<RepositoryName>().UseCollation("C");
        builder.Properties<GroupName>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<AccessNotice>().Property(notice => notice.Repository).UseCollation("C");
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);
}
