using System.Text.RegularExpressions;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>Words that stand side by side.</summary>
/// <param name="Words">The words.</param>
/// <param name="IsPrefix">Whether the last may go on.</param>
internal sealed record SearchPhrase(IReadOnlyList<string> Words, bool IsPrefix);

/// <summary>A word that an index is asked for.</summary>
/// <param name="Text">The word.</param>
/// <param name="IsPrefix">Whether it may go on.</param>
internal readonly record struct SearchWord(string Text, bool IsPrefix);

/// <summary>What somebody looks for: every phrase has to be there, in any order. Nothing in it is anybody's syntax but for quotes.</summary>
/// <param name="Phrases">The phrases.</param>
internal sealed partial record SearchQuery(IReadOnlyList<SearchPhrase> Phrases)
{
    /// <summary>The longest query, in characters.</summary>
    internal const int MostCharacters = 200;

    private const int MostWords = 16;

    /// <summary>What any index is asked for. It knows which words a text has and not where, so it finds all that is looked for, and more.</summary>
    internal IReadOnlyList<SearchWord> Words =>
    [
        .. Phrases
            .SelectMany(phrase => phrase.Words.Select((text, index) => (Text: new Word(text, 0, 0).Indexed, IsPrefix: phrase.IsPrefix && index == phrase.Words.Count - 1)))
            // A word that is there need not begin anything else as well.
            .GroupBy(word => word.Text, StringComparer.Ordinal)
            .Select(same => new SearchWord(same.Key, same.All(word => word.IsPrefix))),
    ];

    /// <summary>Reads what somebody typed. What stands between spaces, or in quotes, is a phrase; the last word of all may go on, unless it is quoted.</summary>
    /// <param name="text">What was typed.</param>
    internal static Outcome<SearchQuery> Parse(string text)
    {
        if (text.Length > MostCharacters)
            return Refusal.Invalid("q", $"Look for something shorter: a query has at most {MostCharacters} characters.");
        var phrases = Part().Matches(text)
            .Select(part => new SearchPhrase([.. Word.Of(part.Value).Select(word => word.Text)], IsPrefix: false))
            .Where(phrase => phrase.Words.Count > 0)
            .ToList();
        if (phrases.Count == 0)
            return Refusal.Invalid("q", "Give at least one letter or digit: what stands between words is not searched for.");
        if (phrases.Sum(phrase => phrase.Words.Count) > MostWords)
            return Refusal.Invalid("q", $"Look for fewer words: a query has at most {MostWords}.");
        if (!text.TrimEnd().EndsWith('"'))
            phrases[^1] = phrases[^1] with { IsPrefix = true };
        return new SearchQuery(phrases);
    }

    [GeneratedRegex("\"[^\"]*\"?|[^\\s\"]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
