using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>Searches messages: the index names the revisions that may have it, and of each the node tells what its log would tell whoever looks.</summary>
internal sealed class SearchMessages(ISearchIndex index, TimeProvider time)
{
    private const int PageSize = 20;
    private const int Batch = 100;
    private const int MostTitle = 240;
    private const int MostLines = 3;
    private const int MostRead = 500;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    // For whoever may not see everything, a page ends after so many revisions, found or not: where it ended is not to tell how much was found that is hidden.
    private const long MostRevisions = 2000;

    /// <param name="source">The repository, as somebody may read it.</param>
    /// <param name="sight">What they may see.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="before">Only revisions before this one; null for all.</param>
    /// <param name="results">What is known of the repository.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<SearchResults> ExecuteAsync(
        ContentSource source, ReaderSight sight, SearchQuery query, long? before, SearchResults results, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var first = Math.Clamp(before ?? long.MaxValue, 0, results.Youngest + 1);
        var floor = sight.IsEverything ? 0 : Math.Max(0, first - MostRevisions - 1);
        var hits = new List<MessageHit>();
        var read = 0;
        for (var next = first; ;)
        {
            var found = await index.FindMessagesAsync(source.Copy.Repository, query.Words, next, Batch, cancellationToken);
            foreach (var revision in await VisibleAsync(source, sight, [.. found.Where(revision => revision > floor)], cancellationToken))
            {
                if (sight.IsEverything && (read == MostRead || (read > 0 && time.GetElapsedTime(began) > MostTime)))
                    return results with { Messages = hits, Next = Format.Plain(revision + 1), IsCutShort = true };
                read++;
                if (await ReadAsync(source, revision, query, cancellationToken) is not { } hit)
                    continue;
                if (hits.Count == PageSize)
                    return results with { Messages = hits, Next = Format.Plain(hits[^1].Commit.Revision) };
                hits.Add(hit);
            }

            if (found.Count < Batch || found[^1] <= floor)
                return results with { Messages = hits, Next = floor > 0 ? Format.Plain(floor + 1) : null, IsCutShort = floor > 0 };
            next = found[^1];
        }
    }

    private static async Task<IReadOnlyList<long>> VisibleAsync(ContentSource source, ReaderSight sight, long[] revisions, CancellationToken cancellationToken)
    {
        if (sight.IsEverything || revisions.Length == 0)
            return revisions;
        var reviewed = await source.Node.ReviewRevisions(source.Copy, [.. revisions], source.Reader, cancellationToken);
        return [.. revisions.Zip(reviewed).Where(pair => pair.Second.Visibility == RevisionVisibility.Full).Select(pair => pair.First)];
    }

    private static async Task<MessageHit?> ReadAsync(ContentSource source, long revision, SearchQuery query, CancellationToken cancellationToken)
    {
        var answer = await source.History.ReadRevision(source.Copy, revision, skip: 0, limit: 1, source.Reader, cancellationToken);
        // A message that is not for them is null, as in the log.
        if (answer.Value is not { Commit: { Message: { } message } commit })
            return null;
        message = message.Trim();
        var match = new MatchText(query);
        var ranges = match.Find(message);
        if (!match.IsWhole)
            return null;
        var title = message.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : message.Length;
        return new MessageHit(
            commit,
            MatchedLines.Cut(message, [.. ranges.TakeWhile(range => range.Start < title)], 0, title, MostTitle),
            MatchedLines.Of(message, [.. ranges.SkipWhile(range => range.Start < title)], MostLines).Lines);
    }
}
