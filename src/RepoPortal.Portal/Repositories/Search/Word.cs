using System.Globalization;
using System.Text;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>A word of a text: letters and digits that stand together, so that <c>svn_fs_open2</c> is three.</summary>
/// <param name="Text">In lower case and in one normal form: what is compared.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How long it is there.</param>
internal readonly record struct Word(string Text, int Start, int Length)
{
    /// <summary>The most of a word that an index knows it by.</summary>
    private const int MostIndexed = 64;

    // An index takes no more of one text: there are files in which hardly a word occurs twice, and PostgreSQL refuses what has more than 1 MiB of them.
    private const int MostDistinct = 50_000;
    private const int MostCharacters = 250_000;

    /// <summary>Where it ends in the text.</summary>
    internal int End => Start + Length;

    /// <summary>What an index knows it by.</summary>
    internal string Indexed => Text.Length <= MostIndexed ? Text : Text[..(char.IsHighSurrogate(Text[MostIndexed - 1]) ? MostIndexed - 1 : MostIndexed)];

    /// <summary>The words of a text, in order. Chinese and Japanese are written without spaces: there each character is a word.</summary>
    internal static IEnumerable<Word> Of(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var (kind, length) = Look(text, at);
            var start = at;
            at += length;
            if (kind == Kind.Other)
                continue;
            while (at < text.Length && Look(text, at) is var (next, more) && (next == Kind.Mark || (kind == Kind.Letter && next == Kind.Letter)))
                at += more;
            yield return new Word(Normalise(text[start..at]), start, at - start);
        }
    }

    /// <summary>What an index is to know of texts that belong together: each word once, as far as there is room.</summary>
    internal static IReadOnlyCollection<string> Distinct(params IEnumerable<string> texts)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var characters = 0;
        foreach (var word in texts.SelectMany(Of))
        {
            if (words.Count >= MostDistinct || characters >= MostCharacters)
                break;
            if (words.Add(word.Indexed))
                characters += word.Indexed.Length;
        }

        return words;
    }

    private static string Normalise(string word) => Ascii.IsValid(word) ? word.ToLowerInvariant() : word.Normalize(NormalizationForm.FormC).ToLowerInvariant();

    private static (Kind Kind, int Length) Look(string text, int at)
    {
        if (char.IsAscii(text[at]))
            return (char.IsAsciiLetterOrDigit(text[at]) ? Kind.Letter : Kind.Other, 1);
        if (!Rune.TryGetRuneAt(text, at, out var rune))
            return (Kind.Other, 1);
        var kind = Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Kind.Mark,
            _ when IsWrittenWithoutSpaces(rune.Value) => Kind.Character,
            _ => Rune.IsLetterOrDigit(rune) ? Kind.Letter : Kind.Other,
        };
        return (kind, rune.Utf16SequenceLength);
    }

    // Kana, and the blocks of Han.
    private static bool IsWrittenWithoutSpaces(int value) => value is (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private enum Kind
    {
        /// <summary>Stands between words.</summary>
        Other,

        /// <summary>A part of a word.</summary>
        Letter,

        /// <summary>Belongs to what stands before it.</summary>
        Mark,

        /// <summary>A word by itself.</summary>
        Character,
    }
}
