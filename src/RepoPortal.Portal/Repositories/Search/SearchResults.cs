using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>A text and what was looked for in it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Ranges">Where it is, in order.</param>
public sealed record MarkedText(string Text, IReadOnlyList<MatchRange> Ranges);

/// <summary>A line in which something was found.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The line, or the part of a long one that has it.</param>
public sealed record LineHit(int Number, MarkedText Text);

/// <summary>A file in which something was found.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Lines">The first lines that have it; empty when only the path does.</param>
/// <param name="HasMore">Whether more lines have it.</param>
/// <param name="IsNameOnly">Whether its content was not looked at: it is no text, or too large.</param>
public sealed record FileHit(MarkedText Path, IReadOnlyList<LineHit> Lines, bool HasMore, bool IsNameOnly);

/// <summary>A commit in whose message something was found.</summary>
/// <param name="Commit">The commit, as its reader may know it.</param>
/// <param name="Title">The first line of its message.</param>
/// <param name="Lines">The first of the other lines that have it.</param>
public sealed record MessageHit(CommitHeader Commit, MarkedText Title, IReadOnlyList<LineHit> Lines);

/// <summary>A page of what was found. There is no count of all: it would tell of what its reader may not see.</summary>
/// <param name="Youngest">The youngest revision.</param>
/// <param name="IndexedUpTo">The revision up to which everything could be found.</param>
public sealed record SearchResults(long Youngest, long IndexedUpTo)
{
    /// <summary>Files, by path.</summary>
    public IReadOnlyList<FileHit> Files { get; init; } = [];

    /// <summary>Commits, the youngest first.</summary>
    public IReadOnlyList<MessageHit> Messages { get; init; } = [];

    /// <summary>Where to go on, as the address has it; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>Whether the looking stopped because it had taken long enough, and not because the page was full.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Whether commits are missing yet.</summary>
    public bool IsBehind => IndexedUpTo < Youngest;
}
