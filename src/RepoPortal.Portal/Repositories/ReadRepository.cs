namespace RepoPortal.Portal.Repositories;

/// <summary>Reads a repository for pages and downloads, which need it several times over and change nothing of it.</summary>
internal sealed class ReadRepository(IDbContextFactory<RecordContext> contexts, RecordCache cache)
{
    /// <summary>The repository that is reached by that name, when it exists and the actor may know that it does. Nobody may change what they get.</summary>
    /// <param name="name">The name as it stands in the address.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Repository>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        RepositoryQueries.Visible(RepositoryName.TryParse(name, out var parsed, out _) ? await ReadAsync(parsed, cancellationToken) : null, actor);

    private Task<Repository?> ReadAsync(RepositoryName name, CancellationToken cancellationToken) => cache.GetAsync(
        name,
        async () =>
        {
            await using var record = await contexts.CreateDbContextAsync(cancellationToken);
            return await record.ReadAsync(name, cancellationToken);
        },
        cancellationToken);
}
