using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>What a message may consist of, and how one is told from another.</summary>
internal static class MessageRules
{
    /// <summary>The most characters of a corrected message.</summary>
    internal const int MaxLength = 20_000;

    /// <summary>With the line ends that Subversion wants, and nothing empty at the end.</summary>
    internal static string Normalise(string? text) =>
        (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd();

    /// <summary>A sentence when a message cannot be taken; null when it can.</summary>
    /// <param name="message">The new one, with its line ends as Subversion wants them.</param>
    /// <param name="before">The one that it is to replace.</param>
    internal static string? Refuse(string message, string before) => message switch
    {
        { Length: > MaxLength } => $"A message has at most {MaxLength} characters; this one has {message.Length}.",
        _ when !IsText(message) => "A message is text: it has no control characters but tabs and line ends.",
        { Length: 0 } when before.Trim().Length > 0 => "A message cannot be taken away. Say what the revision changed, and why.",
        _ when message == before => "The message says that already.",
        _ => null,
    };

    /// <summary>What tells a message from another, short enough for a form.</summary>
    internal static string MarkOf(string message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)));

    // Half a surrogate pair is no UTF-8, and a control character is in no XML, in which clients get the log.
    private static bool IsText(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) || rune.Value is 0xFFFE or 0xFFFF)
                return false;
            text = text[length..];
        }

        return true;
    }
}
