using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>What was asked for, or why it is not there: exactly one of the two.</summary>
/// <param name="Value">What was asked for.</param>
/// <param name="Absence">Why it is not there.</param>
[GenerateSerializer, Immutable]
public sealed record HistoryAnswer<T>([property: Id(0)] T? Value, [property: Id(1)] Absence? Absence)
    where T : class
{
    /// <summary>A value is an answer.</summary>
    public static implicit operator HistoryAnswer<T>(T value) => new(value, null);

    /// <summary>An absence is an answer.</summary>
    public static implicit operator HistoryAnswer<T>(Absence absence) => new(null, absence);
}

/// <summary>A path and the revision in which it is looked up.</summary>
/// <param name="Path">The path; slashes in front and at the end do not matter.</param>
/// <param name="Revision">The revision; null is the youngest, or the one that was the youngest at a moment.</param>
/// <param name="At">The moment; null for none.</param>
[GenerateSerializer, Immutable]
public readonly record struct PegPath([property: Id(0)] string Path, [property: Id(1)] long? Revision, [property: Id(2)] DateTimeOffset? At = null);

/// <summary>What is not there, and what is.</summary>
/// <param name="Reason">What is not there.</param>
/// <param name="Path">The path that was asked for, starting with a slash.</param>
/// <param name="Revision">The revision that was asked for.</param>
/// <param name="Youngest">The youngest revision.</param>
/// <param name="Nearest">The deepest directory above the path that was there and that the reader may see; null when there is none.</param>
/// <param name="Deleted">Where the path was last seen, if it was deleted before and that was found soon; the revision after it took it away.</param>
[GenerateSerializer, Immutable]
public sealed record Absence(
    [property: Id(0)] AbsenceReason Reason,
    [property: Id(1)] string Path,
    [property: Id(2)] long Revision,
    [property: Id(3)] long Youngest,
    [property: Id(4)] string? Nearest = null,
    [property: Id(5)] Deletion? Deleted = null);

/// <summary>How a path went away.</summary>
/// <param name="Revision">The revision that took it away.</param>
/// <param name="LastSeen">Where it was before.</param>
[GenerateSerializer, Immutable]
public sealed record Deletion([property: Id(0)] long Revision, [property: Id(1)] PathAtRevision LastSeen);

/// <summary>What is not there.</summary>
public enum AbsenceReason
{
    /// <summary>There is no such revision, or not yet.</summary>
    Revision,

    /// <summary>There is no such path in the revision, or none that the reader may see.</summary>
    Path,

    /// <summary>No path can be called that.</summary>
    PathSyntax,

    /// <summary>It is there, and is not a file.</summary>
    File,
}
