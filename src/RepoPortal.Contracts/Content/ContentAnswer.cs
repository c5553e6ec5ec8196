using System.Collections.Immutable;

namespace RepoPortal.Contracts.Content;

/// <summary>What is at a path, for one reader.</summary>
/// <param name="Revision">The revision it was read at; of what is not there, the one that was asked for.</param>
/// <param name="Youngest">The youngest revision at that moment.</param>
/// <param name="Path">The path, starting with a slash, without one at the end.</param>
[GenerateSerializer, Immutable]
public abstract record ContentAnswer([property: Id(0)] long Revision, [property: Id(1)] long Youngest, [property: Id(2)] string Path);

/// <summary>A directory.</summary>
/// <param name="Revision">The revision it was read at.</param>
/// <param name="Youngest">The youngest revision at that moment.</param>
/// <param name="Path">Its path.</param>
/// <param name="Change">The commit that last changed it, or anything below it.</param>
/// <param name="Properties">Its properties, by name.</param>
/// <param name="Entries">The entries that were asked for: directories first, then files, each by name.</param>
/// <param name="Matching">How many entries match the filter.</param>
/// <param name="Total">How many entries there are.</param>
/// <param name="Readme">The file in it that describes it; null when there is none.</param>
/// <param name="Lines">The lines of development that the path belongs to; null when it is in no usual layout.</param>
[GenerateSerializer, Immutable]
public sealed record DirectoryContent(
    long Revision,
    long Youngest,
    string Path,
    [property: Id(0)] LastChange Change,
    [property: Id(1)] ImmutableArray<NodeProperty> Properties,
    [property: Id(2)] ImmutableArray<ContentEntry> Entries,
    [property: Id(3)] int Matching,
    [property: Id(4)] int Total,
    [property: Id(5)] ReadmeFile? Readme,
    [property: Id(6)] DevelopmentLines? Lines) : ContentAnswer(Revision, Youngest, Path);

/// <summary>A file.</summary>
/// <param name="Revision">The revision it was read at.</param>
/// <param name="Youngest">The youngest revision at that moment.</param>
/// <param name="Path">Its path.</param>
/// <param name="Change">The commit that last changed it.</param>
/// <param name="Properties">Its properties, by name.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Md5">The MD5 of its content, in lower-case hexadecimal digits.</param>
/// <param name="Held">The lock on it; null when there is none, and for a revision that is not the youngest.</param>
/// <param name="Start">Its content, or the first part of it.</param>
/// <param name="Lines">The lines of development that the path belongs to; null when it is in no usual layout.</param>
[GenerateSerializer, Immutable]
public sealed record FileContent(
    long Revision,
    long Youngest,
    string Path,
    [property: Id(0)] LastChange Change,
    [property: Id(1)] ImmutableArray<NodeProperty> Properties,
    [property: Id(2)] long SizeBytes,
    [property: Id(3)] string Md5,
    [property: Id(4)] LockView? Held,
    [property: Id(5)] byte[] Start,
    [property: Id(6)] DevelopmentLines? Lines) : ContentAnswer(Revision, Youngest, Path);

/// <summary>Nothing that the reader may see.</summary>
/// <param name="Revision">The revision that was asked for.</param>
/// <param name="Youngest">The youngest revision.</param>
/// <param name="Path">The path that was asked for.</param>
/// <param name="Nearest">The nearest path above it that is there; null when the reader may see none.</param>
/// <param name="DeletedIn">The revision in which it was deleted, when that was found without looking for long.</param>
/// <param name="Open">Where the reader may begin to look, when the root itself is not open to them.</param>
[GenerateSerializer, Immutable]
public sealed record NoContent(
    long Revision,
    long Youngest,
    string Path,
    [property: Id(0)] string? Nearest,
    [property: Id(1)] long? DeletedIn,
    [property: Id(2)] ImmutableArray<string> Open) : ContentAnswer(Revision, Youngest, Path);
