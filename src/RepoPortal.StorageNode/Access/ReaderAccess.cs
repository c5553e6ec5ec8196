using System.Collections.Concurrent;
using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Access;

/// <summary>Decides what a reader may see by the access file that lies with the repository: the one httpd reads.</summary>
internal sealed class ReaderAccess : IDisposable
{
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<string, ParsedAccessFile> _parsed = new(StringComparer.Ordinal);

    /// <summary>What the reader may see of a repository.</summary>
    /// <param name="directory">The repository's directory.</param>
    /// <param name="reader">Who reads.</param>
    /// <exception cref="SvnException">libsvn refuses the file; then httpd serves nobody, and neither do we.</exception>
    public ReaderSight Of(string directory, Reader reader) => reader.IsSystem ? ReaderSight.Everything : Find(directory).SightOf(reader.AccessFileName);

    /// <summary>The same as a list of the paths at which it changes.</summary>
    /// <param name="directory">The repository's directory.</param>
    /// <param name="reader">Who reads.</param>
    /// <exception cref="SvnException">libsvn refuses the file.</exception>
    public ImmutableArray<SightChange> ChangesOf(string directory, Reader reader) =>
        reader.IsSystem ? [new SightChange("/", MaySee: true)] : Find(directory).ChangesOf(reader.AccessFileName);

    public void Dispose()
    {
        foreach (var parsed in _parsed.Values)
            parsed.Dispose();
    }

    private ParsedAccessFile Find(string directory)
    {
        // Compared whole, because two changes may follow each other faster than the clock of the file system ticks; reading costs a hundredth of parsing.
        var path = WriteAccessFile.PathIn(directory);
        var content = File.ReadAllBytes(path);
        if (_parsed.TryGetValue(path, out var known) && known.IsOf(content))
            return known;
        var fresh = new ParsedAccessFile(content);
        if (_parsed.Count >= MostKept)
            _parsed.Clear();
        // Whoever still asks the one that is replaced keeps it alive; its pool goes with the last reference.
        _parsed[path] = fresh;
        return fresh;
    }
}
