using System.Collections.Immutable;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>A source that is being read.</summary>
/// <param name="dump">The dump, no longer compressed. It cannot go back.</param>
/// <param name="length">The bytes to be read, as they are stored; null while nobody knows.</param>
/// <param name="position">How many of them were read.</param>
internal sealed class OpenedSource(Stream dump, long? length, Func<long> position) : IDisposable
{
    /// <summary>The dump itself.</summary>
    public Stream Dump { get; } = dump;

    /// <summary>The bytes to be read, as they are stored; null while nobody knows.</summary>
    public long? Length { get; } = length;

    /// <summary>How many of them were read.</summary>
    public long Position => position();

    /// <summary>Ends whatever writes it, so that nobody waits for that; nothing to do for a file.</summary>
    public Action Abort { get; init; } = static () => { };

    /// <summary>Makes the map of its authors out of the users that were named for them; null when they stay as they are.</summary>
    public Func<ImmutableDictionary<string, string>, AuthorMap?> MapAuthors { get; init; } = static users => users.IsEmpty ? null : new AuthorMap(users.GetValueOrDefault);

    /// <summary>What of it could not be carried, in sentences, when it is read to its end; empty for nothing.</summary>
    public Func<string> Remarks { get; init; } = static () => "";

    public void Dispose()
    {
        Abort();
        Dump.Dispose();
    }
}
