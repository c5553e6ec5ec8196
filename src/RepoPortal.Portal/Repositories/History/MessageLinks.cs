using System.Globalization;
using System.Text.RegularExpressions;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>Finds the revisions that a message speaks of: <c>r123</c>, <c>revision 123</c>.</summary>
internal static partial class MessageLinks
{
    /// <summary>The message in pieces; those with a number are revisions that exist.</summary>
    /// <param name="message">The message.</param>
    /// <param name="youngest">The youngest revision.</param>
    internal static IEnumerable<(string Text, long? Revision)> Split(string message, long youngest)
    {
        var at = 0;
        foreach (Match match in Mention().Matches(message))
        {
            if (!long.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) || revision == 0 || revision > youngest)
                continue;
            if (match.Index > at)
                yield return (message[at..match.Index], null);
            yield return (match.Value, revision);
            at = match.Index + match.Length;
        }

        if (at < message.Length)
            yield return (message[at..], null);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])(?:r|rev\.? |revision )(?<number>[0-9]{1,10})(?![\p{L}\p{N}_])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();
}
