namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>Lists the latest commits of a repository, youngest first.</summary>
internal sealed class ListCommits(IDbContextFactory<RecordContext> contexts)
{
    private const int Most = 200;

    /// <param name="name">The repository's name.</param>
    /// <param name="limit">The most commits wanted; at most 200 are given.</param>
    /// <param name="before">Only revisions older than this one; null to begin with the youngest.</param>
    /// <param name="actor">Who looks. Commits are content: an administrator without access of their own sees none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Commit[]>> ExecuteAsync(
        string name, int limit, long? before, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.Repositories.AsNoTrackingWithIdentityResolution().FindVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (Standing.Of(repository, actor).Access == Contracts.Access.AccessLevel.None)
            return Array.Empty<Commit>();
        return await record.Commits
            .Where(commit => commit.RepositoryId == repository.Id && (before == null || commit.Revision < before))
            .OrderByDescending(commit => commit.Revision)
            .Take(Math.Clamp(limit, 1, Most))
            .AsNoTracking()
            .ToArrayAsync(cancellationToken);
    }
}
