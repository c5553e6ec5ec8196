namespace RepoPortal.Contracts.Content;

/// <summary>What somebody wants to look at, and how much of it.</summary>
/// <param name="Path">The path, starting with a slash.</param>
/// <param name="Revision">At which revision; null for the youngest.</param>
/// <param name="At">In place of a revision: the one that was the youngest at that moment.</param>
/// <param name="Filter">Of a directory only the entries whose names contain this, in whatever case; null for all.</param>
/// <param name="Skip">Of a directory, how many entries to leave out at the beginning.</param>
/// <param name="Take">Of a directory, how many entries to tell of at most; 0 when nobody wants to know more than what the path is.</param>
/// <param name="MostBytes">Of a file, and of the text that describes a directory, how much of the content to hand over at most.</param>
[GenerateSerializer, Immutable]
public sealed record ContentRequest(
    [property: Id(0)] string Path,
    [property: Id(1)] long? Revision,
    [property: Id(2)] DateTimeOffset? At,
    [property: Id(3)] string? Filter,
    [property: Id(4)] int Skip,
    [property: Id(5)] int Take,
    [property: Id(6)] int MostBytes);
