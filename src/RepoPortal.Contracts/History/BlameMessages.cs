using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>A file whose lines know who changed them last.</summary>
/// <param name="Path">The file and the revision in which it was looked up.</param>
/// <param name="Content">Lines when it is text; otherwise why there are none.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Blocks">Which revision they come from, in order; together they cover all lines.</param>
/// <param name="Revisions">Those revisions.</param>
/// <param name="Walked">How many revisions of the file were looked at.</param>
/// <param name="StoppedAt">The oldest of them when the time was over before everything was known; what comes from older ones has none.</param>
/// <param name="IsMergedCredited">Whether lines that were merged are credited to the revisions that wrote them.</param>
[GenerateSerializer, Immutable]
public sealed record BlameView(
    [property: Id(0)] PathAtRevision Path,
    [property: Id(1)] DiffContent Content,
    [property: Id(2)] ImmutableArray<string> Lines,
    [property: Id(3)] ImmutableArray<BlameBlock> Blocks,
    [property: Id(4)] ImmutableArray<BlameRevision> Revisions,
    [property: Id(5)] int Walked,
    [property: Id(6)] long? StoppedAt,
    [property: Id(7)] bool IsMergedCredited);

/// <summary>Lines that follow each other and come from one revision.</summary>
/// <param name="Length">How many.</param>
/// <param name="Revision">The revision; null when it was not found within the time.</param>
[GenerateSerializer, Immutable]
public readonly record struct BlameBlock([property: Id(0)] int Length, [property: Id(1)] long? Revision);

/// <summary>A revision that some line comes from.</summary>
/// <param name="Commit">Who, when and why.</param>
/// <param name="Previous">Where the file was before it; null when it made the file, where the reader may not look, and for what was merged.</param>
/// <param name="MergedFrom">Where the lines were written, if they were merged from there; null otherwise.</param>
[GenerateSerializer, Immutable]
public sealed record BlameRevision([property: Id(0)] CommitHeader Commit, [property: Id(1)] PathAtRevision? Previous, [property: Id(2)] PathAtRevision? MergedFrom);
