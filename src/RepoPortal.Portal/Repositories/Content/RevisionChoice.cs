using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>Which revision somebody wants to see, as <c>?rev=</c> in an address says it.</summary>
/// <param name="Revision">Its number; null for the youngest, or for the one of a moment.</param>
/// <param name="At">The moment at which it was the youngest; null for none.</param>
public sealed record RevisionChoice(long? Revision, DateTimeOffset? At)
{
    /// <summary>The youngest, whichever that is when somebody looks.</summary>
    public static readonly RevisionChoice Youngest = new(null, null);

    /// <summary>Whether one was chosen, so that links keep to it.</summary>
    public bool IsChosen => this != Youngest;

    /// <summary>Reads <c>17</c>, <c>r17</c>, <c>HEAD</c>, or a date in braces as Subversion writes them, such as <c>{2026-01-31}</c>: the youngest before that.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RevisionChoice? choice)
    {
        text = text?.Trim();
        choice = text switch
        {
            null or "" => Youngest,
            _ when text.Equals("HEAD", StringComparison.OrdinalIgnoreCase) => Youngest,
            ['{', .. var moment, '}'] => DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? new RevisionChoice(null, at) : null,
            _ => long.TryParse(text[0] is 'r' ? text.AsSpan(1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? new RevisionChoice(revision, null) : null,
        };
        return choice is not null;
    }
}
