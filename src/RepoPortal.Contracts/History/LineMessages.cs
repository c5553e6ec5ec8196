using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>Which lines of development are wanted.</summary>
/// <param name="Path">A project that is laid out as usual, or anything in it; <c>/</c> for a repository of one project.</param>
/// <param name="IsOfTags">Tags in place of branches.</param>
/// <param name="Filter">Only those whose name contains this, in any case; null for all.</param>
/// <param name="Skip">How many to pass over.</param>
[GenerateSerializer, Immutable]
public sealed record LinesQuery([property: Id(0)] string Path, [property: Id(1)] bool IsOfTags, [property: Id(2)] string? Filter, [property: Id(3)] int Skip)
{
    /// <summary>The most lines in one page.</summary>
    public const int MostLines = 50;
}

/// <summary>Some of the branches, or of the tags, of a project.</summary>
/// <param name="Youngest">The youngest revision.</param>
/// <param name="Project">The directory that they are in.</param>
/// <param name="Trunk">Its trunk; null when there is none.</param>
/// <param name="Lines">The branches or tags: those that changed last first, or by name where <paramref name="IsByName"/> says so.</param>
/// <param name="Matching">How many match the filter.</param>
/// <param name="Branches">How many branches there are.</param>
/// <param name="Tags">How many tags there are.</param>
/// <param name="IsByName">Whether there are too many to be put in order by their last change.</param>
/// <param name="Projects">Where there are lines, when there are none here: directories in this one that are laid out as usual.</param>
[GenerateSerializer, Immutable]
public sealed record LinesPage(
    [property: Id(0)] long Youngest,
    [property: Id(1)] string Project,
    [property: Id(2)] LineView? Trunk,
    [property: Id(3)] ImmutableArray<LineView> Lines,
    [property: Id(4)] int Matching,
    [property: Id(5)] int Branches,
    [property: Id(6)] int Tags,
    [property: Id(7)] bool IsByName,
    [property: Id(8)] ImmutableArray<string> Projects);

/// <summary>A trunk, a branch or a tag.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Its path.</param>
/// <param name="Change">The commit that last changed it.</param>
/// <param name="Origin">What it was made from; null when it was no copy, or of something that the reader may not see.</param>
/// <param name="MadeIn">The revision that made it; null in the same cases.</param>
/// <param name="Divergence">How far it and what it was made from have gone different ways; null where that cannot be told, and for tags.</param>
[GenerateSerializer, Immutable]
public sealed record LineView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Path,
    [property: Id(2)] CommitHeader Change,
    [property: Id(3)] PathAtRevision? Origin,
    [property: Id(4)] long? MadeIn,
    [property: Id(5)] Divergence? Divergence);

/// <summary>How far a branch and what it was made from have gone different ways, by <c>svn:mergeinfo</c>.</summary>
/// <param name="Ahead">The commits to the branch that were not merged back.</param>
/// <param name="Behind">The commits to its origin that were not merged into the branch.</param>
[GenerateSerializer, Immutable]
public sealed record Divergence([property: Id(0)] CommitCount Ahead, [property: Id(1)] CommitCount Behind);

/// <summary>A number of commits.</summary>
/// <param name="Number">How many.</param>
/// <param name="IsAtLeast">Whether there may be more, because the counting was ended.</param>
[GenerateSerializer, Immutable]
public readonly record struct CommitCount([property: Id(0)] int Number, [property: Id(1)] bool IsAtLeast);
