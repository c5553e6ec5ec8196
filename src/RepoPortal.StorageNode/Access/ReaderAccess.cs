using System.Collections.Concurrent;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Access;

/// <summary>Decides what a reader may see by the access file that lies with the repository: the one httpd reads.</summary>
internal sealed class ReaderAccess : IDisposable
{
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<string, Parsed> _parsed = new(StringComparer.Ordinal);

    /// <summary>Whether the reader may see a path.</summary>
    /// <param name="directory">The repository's directory.</param>
    /// <param name="reader">Who reads.</param>
    /// <exception cref="SvnException">libsvn refuses the file; then httpd serves nobody, and neither do we.</exception>
    public Func<string, bool> Of(string directory, Reader reader)
    {
        if (reader.IsSystem)
            return static _ => true;
        var file = Find(directory);
        return path => file.IsAllowed(reader.AccessFileName, path, SvnAccess.Read);
    }

    public void Dispose()
    {
        foreach (var parsed in _parsed.Values)
            parsed.File.Dispose();
    }

    private SvnAccessFile Find(string directory)
    {
        var path = WriteAccessFile.PathIn(directory);
        var written = File.GetLastWriteTimeUtc(path);
        if (_parsed.TryGetValue(path, out var known) && known.Written == written)
            return known.File;
        // Whoever still asks the one that is replaced keeps it alive; its pool goes with the last reference.
        var fresh = new Parsed(written, SvnAccessFile.Parse(File.ReadAllText(path)));
        if (_parsed.Count >= MostKept)
            _parsed.Clear();
        _parsed[path] = fresh;
        return fresh.File;
    }

    private sealed record Parsed(DateTime Written, SvnAccessFile File);
}
