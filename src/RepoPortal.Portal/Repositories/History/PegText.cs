using System.Globalization;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Content;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>
/// Reads a path at a revision as svn writes it: <c>trunk/a</c>, <c>trunk/a@12</c>, <c>trunk/a@HEAD</c>, <c>trunk/a@{2026-01-31}</c>, and <c>trunk/a@b@</c> for a name with an @ in it.
/// </summary>
internal static class PegText
{
    /// <param name="text">What was typed.</param>
    /// <param name="field">The field it was typed into.</param>
    internal static Outcome<PegPath> Parse(string text, string field)
    {
        var at = text.LastIndexOf('@');
        var (path, revision) = at < 0 ? (text, "") : (text[..at], text[(at + 1)..].Trim());
        return RevisionChoice.TryParse(revision, out var choice)
            ? new PegPath(path.Trim(), choice.Revision, choice.At)
            : Refusal.Invalid(field, $"'{revision}' is not a revision. Write a path, @ and a number, as in trunk@12, or a date, as in trunk@{{2026-01-31}}; put @ at the end of a name that has one in it.");
    }

    /// <summary>What a path in an address, where svn's spelling means nothing, would name in that spelling; null when it does not end like that.</summary>
    internal static PathAtRevision? Meant(string path) =>
        path.LastIndexOf('@') is > 0 and var at && long.TryParse(path.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new PathAtRevision(path[..at], revision)
            : null;
}
