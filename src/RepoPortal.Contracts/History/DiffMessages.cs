using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>How things are compared, and where to stop.</summary>
/// <param name="IgnoreWhitespace">Whether lines that differ in white space only are the same.</param>
/// <param name="MostLines">The most lines to be shown, of all files together.</param>
/// <param name="MostTime">The most time to spend; never more than <see cref="LongestTime"/>.</param>
/// <param name="Context">How many lines that are the same are shown around those that differ.</param>
[GenerateSerializer, Immutable]
public sealed record DiffOptions(
    [property: Id(0)] bool IgnoreWhitespace, [property: Id(1)] int MostLines, [property: Id(2)] TimeSpan MostTime, [property: Id(3)] int Context = DiffOptions.UsualContext)
{
    /// <summary>The lines around a difference that svn shows.</summary>
    public const int UsualContext = 3;

    /// <summary>More lines than a page has: everything.</summary>
    public const int WholeFile = 100_000;

    /// <summary>The longest that anybody waits for a page.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(20);

    /// <summary>The most lines in one page.</summary>
    public const int LargestPage = 50_000;
}

/// <summary>The comparisons that were made.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Diffs">One for each path that was compared.</param>
/// <param name="Stop">Why there are fewer than were wanted; null when all are there.</param>
[GenerateSerializer, Immutable]
public sealed record DiffPage([property: Id(0)] long Revision, [property: Id(1)] ImmutableArray<NodeDiff> Diffs, [property: Id(2)] DiffStop? Stop);

/// <summary>Where two trees, or two files, differ.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The second.</param>
/// <param name="IsDirectory">What both are, or the second if they are not the same.</param>
/// <param name="Changes">The paths below both that differ.</param>
/// <param name="Diffs">How they differ, for the first of them.</param>
/// <param name="Stop">Why there are fewer diffs than changes; null when all are there.</param>
/// <param name="HasMore">Whether there are more changes than are listed.</param>
[GenerateSerializer, Immutable]
public sealed record Comparison(
    [property: Id(0)] PathAtRevision From,
    [property: Id(1)] PathAtRevision To,
    [property: Id(2)] bool IsDirectory,
    [property: Id(3)] ImmutableArray<PathChange> Changes,
    [property: Id(4)] ImmutableArray<NodeDiff> Diffs,
    [property: Id(5)] DiffStop? Stop,
    [property: Id(6)] bool HasMore)
{
    /// <summary>The most changes that are listed.</summary>
    public const int MostChanges = 1000;
}

/// <summary>Why a comparison ended before everything was compared.</summary>
public enum DiffStop
{
    /// <summary>The time was over.</summary>
    Time,

    /// <summary>There were more lines than are shown in one page.</summary>
    Lines,
}

/// <summary>How a file or directory differs from what it was.</summary>
/// <param name="Path">What it is called.</param>
/// <param name="Old">What it is compared with; null when there is nothing, as for one that was added.</param>
/// <param name="New">What is compared; null when there is nothing, as for one that was deleted.</param>
/// <param name="IsDirectory">True for a directory, which has properties only.</param>
/// <param name="Content">What can be said of its content.</param>
/// <param name="Hunks">The lines that differ, with some around them.</param>
/// <param name="Added">How many lines were added, of those that are shown.</param>
/// <param name="Removed">How many were removed.</param>
/// <param name="IsCut">True when not all of them are shown.</param>
/// <param name="Properties">The properties that differ.</param>
[GenerateSerializer, Immutable]
public sealed record NodeDiff(
    [property: Id(0)] string Path,
    [property: Id(1)] PathAtRevision? Old,
    [property: Id(2)] PathAtRevision? New,
    [property: Id(3)] bool IsDirectory,
    [property: Id(4)] DiffContent Content,
    [property: Id(5)] ImmutableArray<DiffHunk> Hunks,
    [property: Id(6)] int Added,
    [property: Id(7)] int Removed,
    [property: Id(8)] bool IsCut,
    [property: Id(9)] ImmutableArray<PropertyDiff> Properties);

/// <summary>What can be said of two contents.</summary>
public enum DiffContent
{
    /// <summary>They are the same.</summary>
    Same,

    /// <summary>They are text, and their lines were compared.</summary>
    Lines,

    /// <summary>The same, but where most lines changed or moved, all of them are taken as changed.</summary>
    CoarseLines,

    /// <summary>They are pictures that a browser can show.</summary>
    Picture,

    /// <summary>They are not text.</summary>
    Binary,

    /// <summary>One of them is too large to be compared in a page.</summary>
    TooLarge,
}

/// <summary>Lines that belong together.</summary>
/// <param name="OldStart">The number of the first line in the old text, from 1; 0 when there is none.</param>
/// <param name="OldLength">How many lines of the old text it covers.</param>
/// <param name="NewStart">The number of the first line in the new text.</param>
/// <param name="NewLength">How many lines of the new text it covers.</param>
/// <param name="Lines">The lines.</param>
[GenerateSerializer, Immutable]
public sealed record DiffHunk(
    [property: Id(0)] int OldStart,
    [property: Id(1)] int OldLength,
    [property: Id(2)] int NewStart,
    [property: Id(3)] int NewLength,
    [property: Id(4)] ImmutableArray<DiffLine> Lines);

/// <summary>A line of a comparison.</summary>
/// <param name="Side">Which text it is in.</param>
/// <param name="Text">The line without its end; a long one is cut.</param>
/// <param name="End">How it ends.</param>
/// <param name="Length">How many bytes it has, when it was cut; otherwise 0.</param>
[GenerateSerializer, Immutable]
public readonly record struct DiffLine(
    [property: Id(0)] DiffSide Side, [property: Id(1)] string Text, [property: Id(2)] LineEnd End, [property: Id(3)] int Length);

/// <summary>Which text a line is in.</summary>
public enum DiffSide
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>The old one: the line was removed.</summary>
    Old,

    /// <summary>The new one: the line was added.</summary>
    New,
}

/// <summary>How a line ends.</summary>
public enum LineEnd
{
    /// <summary>With LF.</summary>
    Lf,

    /// <summary>With CR and LF.</summary>
    CrLf,

    /// <summary>With the file.</summary>
    File,
}

/// <summary>A property that differs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Added, deleted or modified.</param>
/// <param name="IsText">False when a value is not text; then there are no hunks.</param>
/// <param name="Hunks">The lines that differ.</param>
[GenerateSerializer, Immutable]
public sealed record PropertyDiff(
    [property: Id(0)] string Name, [property: Id(1)] PathChangeKind Kind, [property: Id(2)] bool IsText, [property: Id(3)] ImmutableArray<DiffHunk> Hunks);
