using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Files that are being read piece by piece, each open where its last piece ended.</summary>
/// <remarks>
/// Contents are stored as deltas, so a file is only read forward: to open it for each piece would read everything before the piece again. A stream is found by where it
/// stands and not by who reads, so a call needs no session: one that comes late, or after a restart, finds nothing and reads up to its place once more.
/// (An <c>IAsyncEnumerable</c> of a grain would break off a reader who pauses for half a minute, and could not go on.)
/// </remarks>
internal sealed class OpenFiles : IDisposable
{
    private const int MostKept = 64;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Kept> _kept = [];
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public OpenFiles(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => Drop(kept => time.GetElapsedTime(kept.Since) >= KeptFor), null, KeptFor, KeptFor);
    }

    /// <summary>A stream that stands at that place, for the caller alone; null when there is none.</summary>
    public SvnFileStream? Take(string directory, PathAtRevision file, long offset)
    {
        lock (_gate)
        {
            var index = _kept.FindIndex(kept => kept.Offset == offset && kept.File == file && kept.Directory == directory);
            if (index < 0)
                return null;
            var stream = _kept[index].Stream;
            _kept.RemoveAt(index);
            return stream;
        }
    }

    /// <summary>Keeps a stream for whoever reads on there; the one that nobody asked for the longest gives way.</summary>
    public void Keep(string directory, PathAtRevision file, long offset, SvnFileStream stream)
    {
        SvnFileStream? oldest = null;
        lock (_gate)
        {
            if (_kept.Count == MostKept)
            {
                oldest = _kept[0].Stream;
                _kept.RemoveAt(0);
            }

            _kept.Add(new Kept(directory, file, offset, stream, _time.GetTimestamp()));
        }

        oldest?.Dispose();
    }

    public void Dispose()
    {
        _sweep.Dispose();
        Drop(_ => true);
    }

    private void Drop(Predicate<Kept> condition)
    {
        List<Kept> dropped;
        lock (_gate)
        {
            dropped = _kept.FindAll(condition);
            _kept.RemoveAll(condition);
        }

        dropped.ForEach(kept => kept.Stream.Dispose());
    }

    private sealed record Kept(string Directory, PathAtRevision File, long Offset, SvnFileStream Stream, long Since);
}
