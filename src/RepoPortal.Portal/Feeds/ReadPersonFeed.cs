using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Feeds;

/// <summary>Reads the latest commits to all of somebody's repositories.</summary>
internal sealed class ReadPersonFeed(IDbContextFactory<RecordContext> contexts, FeedKeys keys, ListMyRepositories mine, ListCommits list)
{
    // Of somebody with hundreds of repositories, those that changed last.
    private const int MostRepositories = 30;

    /// <param name="key">The key that stands in the address; null when there is none.</param>
    /// <param name="visitor">Who asks when there is no key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Feed>> ExecuteAsync(string? key, Actor visitor, CancellationToken cancellationToken)
    {
        var actor = key is null ? visitor : await keys.FindAsync(key, repository: null, cancellationToken);
        if (actor?.UserId is not { } person)
            return Refusal.NotFound("There is no such feed, or its key is not good any more; your account's page has the address.");
        var items = new List<FeedItem>();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var repository in (await mine.ExecuteAsync(actor, cancellationToken)).Where(row => row.State == RepositoryState.Ready).Take(MostRepositories))
        {
            if (!(await list.ExecuteAsync(repository.Name.Value, Feed.Length, before: null, actor, cancellationToken)).Succeeded(out var page, out _))
                continue;
            var uuid = await record.Repositories.Where(row => row.Name == repository.Name).Select(row => row.Uuid).SingleOrDefaultAsync(cancellationToken);
            items.AddRange(page.Commits.Select(commit => FeedItem.Of(repository.Name, uuid, commit)));
        }

        return new Feed($"urn:uuid:{person}", $"Commits to the repositories of {actor.Name}", "/", [.. items.OrderByDescending(item => item.At).Take(Feed.Length)]);
    }
}
