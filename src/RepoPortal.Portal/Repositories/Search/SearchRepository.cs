using System.Globalization;
using RepoPortal.Contracts.Search;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Content;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>Where to look.</summary>
public enum SearchPlace
{
    /// <summary>In the files of trunk as they are now; of everything where there is no trunk.</summary>
    Contents,

    /// <summary>In the messages of commits.</summary>
    Messages,
}

/// <summary>Searches a repository on behalf of somebody: nothing is found that they may not see.</summary>
internal sealed class SearchRepository(
    AskNode node, ISearchIndex index, SearchFiles files, SearchMessages messages, SearchQueue queue, IGrainFactory grains)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="place">Where to look.</param>
    /// <param name="after">Where to go on, as <see cref="SearchResults.Next"/> said; null to begin.</param>
    /// <param name="actor">Who looks. An administrator without access of their own finds nothing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<SearchResults>> ExecuteAsync(
        string name, string text, SearchPlace place, string? after, Actor actor, CancellationToken cancellationToken)
    {
        return SearchQuery.Parse(text).Succeeded(out var query, out var refusal)
            ? await node.ExecuteAsync<SearchResults>(name, actor, async source => await SearchAsync(source, query, place, after, cancellationToken), cancellationToken)
            : refusal;
    }

    private async Task<SearchResults> SearchAsync(ContentSource source, SearchQuery query, SearchPlace place, string? after, CancellationToken cancellationToken)
    {
        var head = await grains.GetGrain<ISearchSourceGrain>(source.Node.GetPrimaryKeyString()).ReadHead(source.Copy, cancellationToken);
        var state = await index.ReadStateAsync(source.Copy.Repository, cancellationToken) is { } found && found.Generation == source.Copy.Generation ? found : null;
        if (state?.IsUpTo(head.Youngest) is not true)
            queue.Add(source.Copy.Repository);
        var indexed = place == SearchPlace.Messages ? state?.Messages : state?.Tree;
        var results = new SearchResults(head.Youngest, Math.Min(indexed ?? 0, head.Youngest));
        if (state is null)
            return results;
        var sight = new ReaderSight(await source.Node.GetSight(source.Copy, source.Reader, cancellationToken));
        return place == SearchPlace.Messages
            ? await messages.ExecuteAsync(
                source, sight, query, long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null, results, cancellationToken)
            : await files.ExecuteAsync(source, sight, query, PathIn(after), results, cancellationToken);
    }

    // No path has a null character, and no database takes one.
    private static string? PathIn(string? after) => after?.Contains('\0', StringComparison.Ordinal) is true ? null : after;
}
