using System.Buffers;
using System.Text;

namespace RepoPortal.Portal.Outcomes;

/// <summary>What free text somebody types may consist of: any one line of well-formed Unicode. It is encoded where it is shown, never altered here.</summary>
internal static class PlainText
{
    /// <summary>A sentence when <paramref name="text"/> cannot be taken; null when it can.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="what">How the text is called at the start of a sentence: "A description".</param>
    /// <param name="maxLength">The most characters allowed.</param>
    internal static string? Refuse(string text, string what, int maxLength) => text switch
    {
        _ when text.Length > maxLength => $"{what} has at most {maxLength} characters.",
        _ when !IsOneWellFormedLine(text) => $"{what} is one line of text without control characters.",
        _ => null,
    };

    /// <summary>The text without the characters that <see cref="Refuse"/> would refuse: for searching, where a sentence would be out of place.</summary>
    internal static string Strip(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Select(rune => rune.ToString()));

    // PostgreSQL stores neither NUL nor half a surrogate pair; other control characters end up in mail headers and CSV files.
    private static bool IsOneWellFormedLine(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || Rune.IsControl(rune))
                return false;
            text = text[length..];
        }

        return true;
    }
}
