using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Search;
using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>Searches files: the index names those that may have it, and each is read on behalf of whoever looks.</summary>
internal sealed class SearchFiles(ISearchIndex index, TimeProvider time)
{
    private const int PageSize = 20;
    private const int LinesPerFile = 3;

    // Enough for most pages at first; more and more when there is next to nothing among them that somebody may see.
    private const int FirstBatch = 200;
    private const int LargestBatch = 20_000;

    // Of files that have all the words, though not side by side, no more are read for one page.
    private const int MostRead = 500;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    /// <param name="source">The content, as somebody may read it.</param>
    /// <param name="sight">What they may see.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="after">Only paths after this one; null for all.</param>
    /// <param name="results">What is known of the repository.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<SearchResults> ExecuteAsync(
        ContentSource source, ReaderSight sight, SearchQuery query, string? after, SearchResults results, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var hits = new List<FileHit>();
        var (read, last) = (0, after);
        for (var batch = FirstBatch; ; batch = Math.Min(batch * 10, LargestBatch))
        {
            var paths = await index.FindFilesAsync(source.Copy.Repository, query.Words, after, batch, cancellationToken);
            foreach (var path in paths.Where(sight.MaySee))
            {
                // Where it stopped depends on what they may see alone, and so does the address of the next page.
                if (read == MostRead || (read > 0 && time.GetElapsedTime(began) > MostTime))
                    return results with { Files = hits, Next = last, IsCutShort = true };
                read++;
                if (await ReadAsync(source, path, query, cancellationToken) is { } hit)
                {
                    if (hits.Count == PageSize)
                        return results with { Files = hits, Next = hits[^1].Path.Text };
                    hits.Add(hit);
                }

                last = path;
            }

            if (paths.Count < batch)
                return results with { Files = hits };
            after = paths[^1];
        }
    }

    private static async Task<FileHit?> ReadAsync(ContentSource source, string path, SearchQuery query, CancellationToken cancellationToken)
    {
        var request = new ContentRequest(path, Revision: null, At: null, Filter: null, Skip: 0, Take: 0, ChangedFile.MostBytes);
        if (await source.Content.View(source.Copy, request, source.Reader, cancellationToken) is not FileContent file)
            return null;
        var text = file.SizeBytes <= ChangedFile.MostBytes ? FileText.Decode(file.Start, isWhole: true, file.MimeType()) : null;
        var match = new MatchText(query);
        var inPath = match.Find(file.Path);
        var inText = text is null ? [] : match.Find(text.Text);
        if (!match.IsWhole)
            return null;
        var (lines, hasMore) = text is null ? ([], false) : MatchedLines.Of(text.Text, inText, LinesPerFile);
        return new FileHit(new MarkedText(file.Path, inPath), lines, hasMore, IsNameOnly: text is null);
    }
}
