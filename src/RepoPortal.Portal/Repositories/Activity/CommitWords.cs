namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>How a commit is told in a line.</summary>
internal static class CommitWords
{
    /// <summary>The first line of a message; words in its place when there is none, or none for the reader.</summary>
    internal static string FirstLine(string? message) => message?.Trim() switch
    {
        null => "(not shown: it also changed paths that are not open to you)",
        "" => "(no message)",
        var text when text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end => text[..end].TrimEnd() + " …",
        var text => text,
    };
}
