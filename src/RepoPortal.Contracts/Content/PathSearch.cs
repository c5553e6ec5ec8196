using System.Collections.Immutable;

namespace RepoPortal.Contracts.Content;

/// <summary>Which files somebody looks for by a part of their paths.</summary>
/// <param name="Directory">The directory that they are below; null for <c>/trunk</c> where there is one, and the root otherwise.</param>
/// <param name="Revision">At which revision; null for the youngest.</param>
/// <param name="At">In place of a revision: the one that was the youngest at that moment.</param>
/// <param name="Query">Letters that the path has in this order; empty for every file.</param>
/// <param name="Most">The most paths wanted.</param>
[GenerateSerializer, Immutable]
public sealed record PathSearch(
    [property: Id(0)] string? Directory,
    [property: Id(1)] long? Revision,
    [property: Id(2)] DateTimeOffset? At,
    [property: Id(3)] string Query,
    [property: Id(4)] int Most)
{
    /// <summary>The longest query that is looked for; what is longer is cut.</summary>
    public const int MostLetters = 100;
}

/// <summary>The files that were found.</summary>
/// <param name="Revision">The revision they were looked for in.</param>
/// <param name="Youngest">The youngest revision at that moment.</param>
/// <param name="Directory">The directory that they are below.</param>
/// <param name="Paths">Their paths relative to that: the best matches first, or by name when nothing was asked for.</param>
/// <param name="Matching">How many files match, of those that were looked at.</param>
/// <param name="LookedAt">How many files were looked at.</param>
/// <param name="IsWhole">Whether those are all that there are; otherwise time was up.</param>
[GenerateSerializer, Immutable]
public sealed record FoundPaths(
    [property: Id(0)] long Revision,
    [property: Id(1)] long Youngest,
    [property: Id(2)] string Directory,
    [property: Id(3)] ImmutableArray<PathMatch> Paths,
    [property: Id(4)] int Matching,
    [property: Id(5)] int LookedAt,
    [property: Id(6)] bool IsWhole);

/// <summary>A path that matches.</summary>
/// <param name="Path">The path.</param>
/// <param name="Letters">Where in it the letters of the query are; empty when nothing was asked for.</param>
[GenerateSerializer, Immutable]
public sealed record PathMatch([property: Id(0)] string Path, [property: Id(1)] ImmutableArray<int> Letters);
