namespace RepoPortal.Portal.Record;

/// <summary>Hands out contexts of whichever database is configured; each is for one piece of work on one thread.</summary>
internal sealed class RecordContexts<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<RecordContext>
    where TContext : RecordContext
{
    public RecordContext CreateDbContext() => contexts.CreateDbContext();

    public async Task<RecordContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await contexts.CreateDbContextAsync(cancellationToken);
}
