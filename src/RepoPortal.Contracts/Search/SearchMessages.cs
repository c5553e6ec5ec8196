using System.Collections.Immutable;

namespace RepoPortal.Contracts.Search;

/// <summary>How far a repository has come.</summary>
/// <param name="Youngest">Its youngest revision.</param>
/// <param name="Directory">The directory whose files are searched in that revision: <c>/trunk</c>, or <c>/</c> where there is none.</param>
[GenerateSerializer, Immutable]
public sealed record SearchHead([property: Id(0)] long Youngest, [property: Id(1)] string Directory);

/// <summary>The message of a revision.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Text">The <c>svn:log</c>, cut after <see cref="MostCharacters"/>; may be empty.</param>
[GenerateSerializer, Immutable]
public sealed record RevisionMessage([property: Id(0)] long Revision, [property: Id(1)] string Text)
{
    /// <summary>The most of a message that is searched, in characters: as much as its page shows.</summary>
    public const int MostCharacters = 200_000;
}

/// <summary>Some of the files that differ between two trees.</summary>
/// <param name="Files">The files, in the order of their paths, segment by segment.</param>
/// <param name="Last">The path to go on after; null after the last piece.</param>
[GenerateSerializer, Immutable]
public sealed record ChangedFiles([property: Id(0)] ImmutableArray<ChangedFile> Files, [property: Id(1)] string? Last)
{
    /// <summary>The most files in one answer.</summary>
    public const int MostFiles = 256;

    /// <summary>The content after which an answer ends, in bytes.</summary>
    public const int MostBytes = 512 * 1024;
}

/// <summary>A file that differs between two trees.</summary>
/// <param name="Path">Its path, starting with a slash.</param>
/// <param name="IsThere">Whether it is in the second tree, as a file.</param>
/// <param name="Content">Its content there; null for one that is not there, or has more than <see cref="MostBytes"/>.</param>
/// <param name="MediaType">Its <c>svn:mime-type</c>; null when there is none.</param>
[GenerateSerializer, Immutable]
public sealed record ChangedFile(
    [property: Id(0)] string Path, [property: Id(1)] bool IsThere, [property: Id(2)] byte[]? Content, [property: Id(3)] string? MediaType)
{
    /// <summary>The largest file whose content is searched.</summary>
    public const int MostBytes = 1024 * 1024;
}
