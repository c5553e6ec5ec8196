using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Repositories.Search;

namespace RepoPortal.Portal.Record;

/// <summary>Registers the record.</summary>
internal static class RecordServices
{
    /// <summary>Adds the contexts, and their migration before anything else starts. Needs a <see cref="DataDirectory"/>.</summary>
    internal static IServiceCollection AddRecord(this IServiceCollection services, IConfiguration configuration)
    {
        var location = RecordLocation.Parse(configuration[RecordLocation.Setting]);
        if (location.Postgres is { } connection)
        {
            services.AddContexts<PostgresRecordContext>((_, options) => options.UseNpgsql(connection));
            services.AddSingleton<IRecordVersion, PostgresRecordVersion>();
            services.AddSingleton<ISearchIndex>(_ => new PostgresSearchIndex(connection));
        }
        else
        {
            services.AddContexts<SqliteRecordContext>((provider, options) => options.UseEmbedded(provider.GetRequiredService<DataDirectory>()));
            services.AddSingleton<IRecordVersion, SqliteRecordVersion>();
            services.AddSingleton<ISearchIndex, SqliteSearchIndex>();
        }

        services.AddSingleton<RecordCache>();
        services.AddSingleton<RecordMigration>();
        services.AddHostedService(provider => provider.GetRequiredService<RecordMigration>());
        services.AddHealthChecks().AddCheck<RecordHealth>("record");
        return services;
    }

    private static void AddContexts<TContext>(
        this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure)
        where TContext : RecordContext
    {
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
        {
            // The inventory asks for "some, if they are few"; which ones does not matter then.
            options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
            configure(provider, options);
        });
        services.AddSingleton<IDbContextFactory<RecordContext>, RecordContexts<TContext>>();
        // Identity's stores want a context of the request.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RecordContext>>().CreateDbContext());
    }

    private static void UseEmbedded(this DbContextOptionsBuilder options, DataDirectory data) =>
        options.UseSqlite($"Data Source={data.DatabaseFile}").AddInterceptors(new SqlitePragmas());
}
