namespace RepoPortal.Portal.Repositories.Search;

/// <summary>A part of a text that was looked for.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct MatchRange(int Start, int End);

/// <summary>Finds what is looked for in the texts of one document, as they are: an index only tells where that may be worth it.</summary>
/// <param name="query">What is looked for.</param>
internal sealed class MatchText(SearchQuery query)
{
    private readonly bool[] _isFound = new bool[query.Phrases.Count];

    /// <summary>Whether every phrase was found, in one of the texts or another.</summary>
    internal bool IsWhole => _isFound.All(found => found);

    /// <summary>Where the phrases are in a text, those that overlap as one.</summary>
    internal IReadOnlyList<MatchRange> Find(string text)
    {
        var words = Word.Of(text).ToList();
        var ranges = new List<MatchRange>();
        for (var at = 0; at < words.Count; at++)
        {
            for (var index = 0; index < query.Phrases.Count; index++)
            {
                var phrase = query.Phrases[index];
                if (!IsAt(words, at, phrase))
                    continue;
                _isFound[index] = true;
                Add(ranges, new MatchRange(words[at].Start, words[at + phrase.Words.Count - 1].End));
            }
        }

        return ranges;
    }

    private static bool IsAt(List<Word> words, int at, SearchPhrase phrase)
    {
        var last = phrase.Words.Count - 1;
        if (at + last >= words.Count)
            return false;
        for (var offset = 0; offset < last; offset++)
        {
            if (words[at + offset].Text != phrase.Words[offset])
                return false;
        }

        return phrase.IsPrefix ? words[at + last].Text.StartsWith(phrase.Words[last], StringComparison.Ordinal) : words[at + last].Text == phrase.Words[last];
    }

    private static void Add(List<MatchRange> ranges, MatchRange range)
    {
        // They come in the order of their beginnings.
        if (ranges.Count > 0 && range.Start <= ranges[^1].End)
            ranges[^1] = ranges[^1] with { End = Math.Max(ranges[^1].End, range.End) };
        else
            ranges.Add(range);
    }
}
