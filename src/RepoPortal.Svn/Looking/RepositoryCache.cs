using RepoPortal.Svn.Repositories;

namespace RepoPortal.Svn.Looking;

/// <summary>Repositories kept open between calls, because opening one costs more than most readings. A repository in use is nobody else's.</summary>
/// <remarks>
/// A kept repository is a few seconds old at the most: libsvn remembers revision properties in it, and what others change must show.
/// A directory whose <c>format</c> file is another one than before is another repository, and is opened anew.
/// </remarks>
internal sealed class RepositoryCache(TimeProvider time, bool pastCaches = false) : IDisposable
{
    internal const int Capacity = 64;
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Kept> _idle = [];
    private bool _disposed;

    /// <exception cref="SvnException">There is no repository.</exception>
    public Kept Rent(string directory)
    {
        var format = FormatTime(directory);
        if (Take(directory) is { } kept)
        {
            if (kept.Format == format && !IsOld(kept)) return kept;
            kept.Repository.Dispose();
        }

        return new Kept(directory, OpenRepository.Open(directory, pastCaches), format, time.GetTimestamp());
    }

    public void Return(Kept kept)
    {
        lock (_gate)
        {
            if (_idle.Count == Capacity) DropOld();
            if (!_disposed && _idle.Count < Capacity && !IsOld(kept))
            {
                _idle.Add(kept);
                return;
            }
        }

        kept.Repository.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _idle.ForEach(kept => kept.Repository.Dispose());
            _idle.Clear();
        }
    }

    private static DateTime FormatTime(string directory) => File.GetLastWriteTimeUtc(Path.Join(directory, "format"));

    private Kept? Take(string directory)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var index = _idle.FindLastIndex(kept => kept.Directory == directory);
            if (index < 0) return null;
            var kept = _idle[index];
            _idle.RemoveAt(index);
            return kept;
        }
    }

    private bool IsOld(Kept kept) => time.GetElapsedTime(kept.OpenedAt) > MaximumAge;

    private void DropOld() => _idle.RemoveAll(kept =>
    {
        if (!IsOld(kept)) return false;
        kept.Repository.Dispose();
        return true;
    });

    internal sealed record Kept(string Directory, OpenRepository Repository, DateTime Format, long OpenedAt);
}
