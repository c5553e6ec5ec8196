using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>A revision and some of the paths that it changed.</summary>
/// <param name="Commit">Who, when and why.</param>
/// <param name="Youngest">The youngest revision.</param>
/// <param name="Changes">Some of the paths, of those that the reader may see, as the repository keeps them: by path.</param>
/// <param name="Skipped">How many come before them.</param>
/// <param name="HasMore">Whether there are more after them.</param>
[GenerateSerializer, Immutable]
public sealed record RevisionExtract(
    [property: Id(0)] CommitHeader Commit,
    [property: Id(1)] long Youngest,
    [property: Id(2)] ImmutableArray<PathChange> Changes,
    [property: Id(3)] int Skipped,
    [property: Id(4)] bool HasMore);

/// <summary>A path that a revision changed.</summary>
/// <param name="Path">The path.</param>
/// <param name="Kind">What was done.</param>
/// <param name="IsDirectory">What it is; of one that was deleted, what it was.</param>
/// <param name="ContentChanged">Whether the file's content was written.</param>
/// <param name="PropertiesChanged">Whether properties were written.</param>
/// <param name="CopiedFrom">What it was copied from; null when it was not, or from where the reader may not see it.</param>
[GenerateSerializer, Immutable]
public sealed record PathChange(
    [property: Id(0)] string Path,
    [property: Id(1)] PathChangeKind Kind,
    [property: Id(2)] bool IsDirectory,
    [property: Id(3)] bool ContentChanged,
    [property: Id(4)] bool PropertiesChanged,
    [property: Id(5)] PathAtRevision? CopiedFrom);

/// <summary>What a revision did to a path.</summary>
public enum PathChangeKind
{
    /// <summary>It was there before and after.</summary>
    Modified,

    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is not there any more.</summary>
    Deleted,

    /// <summary>Something else was put in its place.</summary>
    Replaced,
}

/// <summary>A part of a patch.</summary>
/// <param name="Bytes">The part, as it is in the files: in whatever encoding they are.</param>
/// <param name="Next">How many paths to pass over for the next part; null after the last one.</param>
[GenerateSerializer, Immutable]
public sealed record PatchPiece([property: Id(0)] byte[] Bytes, [property: Id(1)] int? Next);
