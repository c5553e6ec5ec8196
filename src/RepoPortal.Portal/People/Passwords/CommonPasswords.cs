using System.Collections.Frozen;
using System.Reflection;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>The passwords that are tried first, and whether one is made of them.</summary>
/// <remarks>
/// <c>common-passwords.txt</c> is taken from the npm package <c>@zxcvbn-ts/language-common</c> 4.1.3 (MIT, see the licence beside it), in lower case: every
/// entry of twelve characters or more, then the 10,000 most common words of five to eleven letters, which long bad passwords begin with.
/// </remarks>
internal static class CommonPasswords
{
    private const string Rows = "qwertyuiop asdfghjkl zxcvbnm 01234567890 abcdefghijklmnopqrstuvwxyz";
    private static readonly FrozenSet<string> All = Load();

    /// <summary>
    /// True for a listed password; for a listed word with digits and signs around it or in the place of letters; for anything that is written twice or more;
    /// and for what runs along the keyboard or the alphabet.
    /// </summary>
    internal static bool Contain(string password)
    {
        var text = password.ToLowerInvariant();
        var word = Word(text);
        return All.Contains(text) || All.Contains(word) || All.Contains(Letters(word)) || All.Contains(Word(Letters(text))) || IsRepeated(text) || IsRun(text);
    }

    // What is left when digits and signs are cut off at both ends.
    private static string Word(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && !char.IsLetter(text[start]))
            start++;
        while (end > start && !char.IsLetter(text[end - 1]))
            end--;
        return text[start..end];
    }

    // The usual stand-ins, taken back.
    private static string Letters(string text) => string.Create(text.Length, text, static (letters, from) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = from[i] switch
            {
                '0' => 'o',
                '1' or '!' => 'i',
                '3' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' => 't',
                var other => other,
            };
        }
    });

    private static bool IsRepeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
                return true;
        }

        return false;
    }

    // Most steps from one character to the next are to a neighbour.
    private static bool IsRun(string text)
    {
        var steps = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (AreNeighbours(text[i - 1], text[i]) || AreNeighbours(text[i], text[i - 1]))
                steps++;
        }

        return steps >= text.Length * 3 / 4;
    }

    private static bool AreNeighbours(char first, char second) =>
        first != ' ' && second != ' ' && Rows.Contains(string.Create(2, (first, second), static (pair, from) => (pair[0], pair[1]) = from), StringComparison.Ordinal);

    private static FrozenSet<string> Load()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
