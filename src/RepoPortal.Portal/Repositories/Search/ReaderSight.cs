using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>What a reader may see, so that what is hidden from them takes none of the work that is bounded for them. What is shown the node decides.</summary>
/// <param name="changes">The root, and every path at which that changes.</param>
internal sealed class ReaderSight(ImmutableArray<SightChange> changes)
{
    private readonly Dictionary<string, bool> _changes = changes.ToDictionary(change => change.Path, change => change.MaySee, StringComparer.Ordinal);

    /// <summary>Whether there is nothing that they may not see.</summary>
    internal bool IsEverything => _changes.Values.All(maySee => maySee);

    /// <summary>Whether they may see a path, as the deepest change at or above it says.</summary>
    internal bool MaySee(string path)
    {
        for (var at = path; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (_changes.TryGetValue(at, out var maySee))
                return maySee;
        }

        return _changes.GetValueOrDefault("/");
    }
}
