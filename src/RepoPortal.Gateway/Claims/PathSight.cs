using System.Collections.Frozen;
using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Gateway.Claims;

/// <summary>Which paths of a repository somebody may see.</summary>
internal sealed class PathSight(ImmutableArray<SightChange> changes)
{
    private readonly FrozenDictionary<string, bool> _changes = changes.ToFrozenDictionary(change => change.Path, change => change.MaySee, StringComparer.Ordinal);

    /// <summary>True when there is no path that they may not see.</summary>
    internal bool IsEverything => _changes.Values.All(maySee => maySee);

    /// <summary>Whether they may see a path.</summary>
    internal bool MaySee(string path)
    {
        for (var at = path; at.Length > 1; at = at[..Math.Max(at.LastIndexOf('/'), 1)])
        {
            if (_changes.TryGetValue(at, out var maySee))
                return maySee;
        }

        return _changes.GetValueOrDefault("/");
    }

    /// <summary>Each path below a directory from which on they may see nothing.</summary>
    internal IEnumerable<string> HiddenBelow(string directory) =>
        _changes.Where(change => !change.Value && change.Key != directory && FsPath.RelativeTo(directory, change.Key) is not null).Select(change => change.Key);
}
