using RepoPortal.Contracts.History;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.History;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Feeds;

/// <summary>Reads the latest commits to a repository, or to a path in it. Those of public repositories need no key.</summary>
internal sealed class ReadRepositoryFeed(IDbContextFactory<RecordContext> contexts, FeedKeys keys, ReadRepository read, ListCommits list, ViewLog log)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="path">A path in the youngest revision, followed through copies; nothing for the whole repository.</param>
    /// <param name="key">The key that stands in the address; null when there is none.</param>
    /// <param name="visitor">Who asks when there is no key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Feed>> ExecuteAsync(string name, string? path, string? key, Actor visitor, CancellationToken cancellationToken)
    {
        // A key that is not good for it stands for nobody, which may be enough.
        var actor = key is null ? visitor : await FindReaderAsync(name, key, cancellationToken) ?? Actor.Anonymous;
        if (!(await read.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var repository, out var refusal))
            return refusal;
        return string.IsNullOrWhiteSpace(path?.Trim('/'))
            ? await OfRepositoryAsync(repository.Name, repository.Uuid, actor, cancellationToken)
            : await OfPathAsync(repository.Name, repository.Uuid, path, actor, cancellationToken);
    }

    private async Task<Actor?> FindReaderAsync(string name, string key, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return RepositoryName.TryParse(name, out var parsed, out _) && await record.FindIdAsync(parsed, cancellationToken) is { } id
            ? await keys.FindAsync(key, id, cancellationToken)
            : null;
    }

    private async Task<Outcome<Feed>> OfRepositoryAsync(RepositoryName name, Guid uuid, Actor actor, CancellationToken cancellationToken) =>
        (await list.ExecuteAsync(name.Value, Feed.Length, before: null, actor, cancellationToken)).Succeeded(out var page, out var refusal)
            ? new Feed($"urn:uuid:{uuid}", $"Commits to {name}", $"/r/{name}", [.. page.Commits.Select(commit => FeedItem.Of(name, uuid, commit))])
            : refusal;

    private async Task<Outcome<Feed>> OfPathAsync(RepositoryName name, Guid uuid, string path, Actor actor, CancellationToken cancellationToken)
    {
        var asked = await log.ExecuteAsync(name.Value, new PegPath(path, Revision: null), LogFilter.None, Feed.Length, actor, cancellationToken);
        if (!asked.Succeeded(out var answer, out var refusal))
            return refusal;
        if (answer.Value is not { Path.Path: var place } found)
            return Refusal.NotFound("There is no such path in the youngest revision, or it is not open to you.");
        return new Feed(
            $"urn:uuid:{uuid}#{ContentAddress.Escape(place)}", $"Commits to {place} in {name}", ContentAddress.Log(name.Value, place),
            [.. found.Entries.Select(entry => FeedItem.Of(name, uuid, entry))]);
    }
}
