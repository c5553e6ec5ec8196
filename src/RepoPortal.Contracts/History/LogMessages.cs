using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>Which revisions of a path are wanted.</summary>
/// <param name="Path">The path, and the revision in which it is looked up and the log begins.</param>
/// <param name="Limit">The most revisions wanted; at most <see cref="MostEntries"/> are given.</param>
/// <param name="Author">Only those of this author, or of one whose name contains it, in any case.</param>
/// <param name="Text">Only those whose message contains this, in any case.</param>
/// <param name="Since">Only those from this moment on.</param>
/// <param name="Before">Only those before this moment.</param>
[GenerateSerializer, Immutable]
public sealed record LogQuery(
    [property: Id(0)] PegPath Path,
    [property: Id(1)] int Limit,
    [property: Id(2)] string? Author = null,
    [property: Id(3)] string? Text = null,
    [property: Id(4)] DateTimeOffset? Since = null,
    [property: Id(5)] DateTimeOffset? Before = null)
{
    /// <summary>The most revisions in one page.</summary>
    public const int MostEntries = 200;
}

/// <summary>Some revisions of a path, the youngest first.</summary>
/// <param name="Path">The path and the revision in which it was looked up.</param>
/// <param name="IsDirectory">What it is there.</param>
/// <param name="Entries">The revisions.</param>
/// <param name="Next">Where to go on, with the path that it had there; null when there is nothing older.</param>
/// <param name="LookedAt">How many revisions were looked at.</param>
/// <param name="IsCutShort">True when the looking ended before enough were found, so that going on may find more.</param>
/// <param name="IsEndHidden">True when it goes on under a path that the reader may not see.</param>
[GenerateSerializer, Immutable]
public sealed record LogExtract(
    [property: Id(0)] PathAtRevision Path,
    [property: Id(1)] bool IsDirectory,
    [property: Id(2)] ImmutableArray<LogEntry> Entries,
    [property: Id(3)] PathAtRevision? Next,
    [property: Id(4)] int LookedAt,
    [property: Id(5)] bool IsCutShort,
    [property: Id(6)] bool IsEndHidden);

/// <summary>A revision in the log of a path.</summary>
/// <param name="Commit">Who, when and why.</param>
/// <param name="Path">The path as it was called then.</param>
/// <param name="CopiedFrom">What it was copied from in this revision, by itself or with a directory above it; null when it was not, or from where the reader may not see it.</param>
[GenerateSerializer, Immutable]
public sealed record LogEntry(
    [property: Id(0)] CommitHeader Commit, [property: Id(1)] string Path, [property: Id(2)] PathAtRevision? CopiedFrom);

/// <summary>Who made a revision, when and why, as one reader may know it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Visibility">How much of it the reader may see.</param>
/// <param name="Author">The <c>svn:author</c>; null when there is none, or not for the reader.</param>
/// <param name="At">The <c>svn:date</c>; null when there is none, or not for the reader.</param>
/// <param name="Message">The <c>svn:log</c>, cut where the page has no room for it; null when it is not for the reader.</param>
[GenerateSerializer, Immutable]
public sealed record CommitHeader(
    [property: Id(0)] long Revision,
    [property: Id(1)] RevisionVisibility Visibility,
    [property: Id(2)] string? Author,
    [property: Id(3)] DateTimeOffset? At,
    [property: Id(4)] string? Message);
