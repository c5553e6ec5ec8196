namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>A source that is being read.</summary>
/// <param name="dump">The dump, no longer compressed.</param>
/// <param name="length">The bytes to be read, as they are stored; null while nobody knows.</param>
/// <param name="position">How many of them were read.</param>
/// <param name="close">Lets go of it.</param>
internal sealed class OpenedSource(Stream dump, long? length, Func<long> position, Action close) : IDisposable
{
    /// <summary>The dump itself. It cannot go back.</summary>
    public Stream Dump { get; } = dump;

    /// <summary>The bytes to be read, as they are stored; null while nobody knows.</summary>
    public long? Length { get; } = length;

    /// <summary>How many of them were read.</summary>
    public long Position => position();

    /// <summary>Says, after the end, what went wrong at the other end; null when nothing did.</summary>
    public Func<string?> FindFailure { get; init; } = static () => null;

    public void Dispose() => close();
}
