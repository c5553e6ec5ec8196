using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Access;

/// <summary>An access file as libsvn understands it, with the paths it has sections for.</summary>
internal sealed class ParsedAccessFile : IDisposable
{
    private readonly byte[] _content;
    private readonly SvnAccessFile _file;
    private readonly string[]? _paths;
    private readonly ConcurrentDictionary<string, ReaderSight> _sights = new(StringComparer.Ordinal);

    /// <param name="content">The file.</param>
    /// <exception cref="SvnException">libsvn refuses it.</exception>
    public ParsedAccessFile(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        _content = content;
        _file = SvnAccessFile.Parse(text);
        _paths = PathsIn(text);
    }

    /// <summary>Whether it was made from the same text.</summary>
    public bool IsOf(ReadOnlySpan<byte> content) => content.SequenceEqual(_content);

    /// <summary>What somebody may see by it.</summary>
    /// <param name="user">The name that the file knows them by.</param>
    public ReaderSight SightOf(string user) => _sights.GetOrAdd(user, name =>
    {
        // Every path is decided by a section at or above it, or by none, as the root then is; so whoever may see those may see all.
        var seesEverything = _paths is not null && MaySee(name, "/") && Array.TrueForAll(_paths, path => MaySee(name, path));
        return new ReaderSight(path => MaySee(name, path), seesEverything);
    });

    /// <summary>The root, and every path below it at which what somebody may see changes. Nothing at all may be seen when there are sections that we never write.</summary>
    /// <param name="user">The name that the file knows them by.</param>
    public ImmutableArray<SightChange> ChangesOf(string user)
    {
        var changes = new Dictionary<string, bool>(StringComparer.Ordinal) { ["/"] = _paths is not null && MaySee(user, "/") };
        // A path comes before those below it, so what holds above it is known.
        foreach (var path in (_paths ?? []).Where(path => path != "/").Order(StringComparer.Ordinal))
        {
            var maySee = MaySee(user, path);
            if (maySee != Above(path))
                changes[path] = maySee;
        }

        return [.. changes.Select(change => new SightChange(change.Key, change.Value)).OrderBy(change => change.Path, StringComparer.Ordinal)];

        bool Above(string path)
        {
            var at = path;
            do
                at = at[..Math.Max(at.LastIndexOf('/'), 1)];
            while (!changes.ContainsKey(at));
            return changes[at];
        }
    }

    public void Dispose() => _file.Dispose();

    private bool MaySee(string user, string path) => _file.IsAllowed(user, path, SvnAccess.Read);

    /// <summary>Null when there are sections of other kinds, which we never write: then nothing is taken for granted.</summary>
    private static string[]? PathsIn(string text)
    {
        var names = text.Split('\n').Where(line => line.StartsWith('[')).Select(line => line.TrimEnd()).Where(line => line != "[groups]").ToList();
        return names.TrueForAll(name => name.StartsWith("[/", StringComparison.Ordinal) && name.EndsWith(']')) ? [.. names.Select(name => name[1..^1])] : null;
    }
}
