using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Gateway.Claims;

/// <summary>What a client says it has, in a report that asks for the difference to another place: a switch, or a comparison of two addresses.</summary>
/// <remarks>
/// libsvn (<c>reporter.c</c>) asks for permission to read what is compared with, never for what the client says it has. So whoever claims to have a hidden
/// directory is told what a directory they may see lacks of it: names, properties, sizes and checksums. An honest client never has what is hidden: it reports
/// it missing.
/// </remarks>
internal sealed class UpdateClaims
{
    private readonly string _source;
    private readonly string _destination;
    private readonly Dictionary<string, ClaimedEntry> _entries;

    // The places of entries that are there, and everything above them.
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);

    /// <param name="source">What the client says it has, as a path in the repository.</param>
    /// <param name="destination">What it is to be compared with.</param>
    /// <param name="entries">Where it differs from one whole tree of one revision; no place twice, and one for the whole.</param>
    internal UpdateClaims(string source, string destination, IEnumerable<ClaimedEntry> entries)
    {
        (_source, _destination) = (source, destination);
        _entries = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (var entry in _entries.Values.Where(entry => entry.Revision is not null))
        {
            for (var at = entry.Path; _claimed.Add(at) && at.Length > 0;)
                at = FsPath.Above(at);
        }
    }

    /// <summary>Everything hidden that would be compared with something that may be seen.</summary>
    internal IEnumerable<Suspect> Suspects(PathSight sight)
    {
        foreach (var root in _entries.Values.Where(entry => entry.Path.Length == 0 || entry.LinkPath is not null))
        {
            var source = root.LinkPath ?? _source;
            IEnumerable<string> hidden = sight.MaySee(source) ? sight.HiddenBelow(source) : sight.HiddenBelow(source).Append(source);
            foreach (var path in hidden)
            {
                var place = Below(root.Path, FsPath.RelativeTo(source, path)!);
                if (sight.MaySee(FsPath.Join(_destination, place)) && Claim(root, place) is { } claim)
                    yield return new Suspect(new PathAtRevision(path, claim.Revision!.Value), IfFile: claim.Depth == "files" && !_claimed.Contains(place));
            }
        }
    }

    private static string Below(string directory, string path) => directory.Length == 0 ? path : path.Length == 0 ? directory : $"{directory}/{path}";

    /// <summary>The entry by which the client claims to have a place as part of <paramref name="root"/>; null when it does not claim that.</summary>
    private ClaimedEntry? Claim(ClaimedEntry root, string place)
    {
        var nearest = Nearest(place);
        if (nearest.Revision is null || RootOf(nearest) != root)
            return null;
        if (_claimed.Contains(place))
            return nearest;
        var isDirect = FsPath.Above(place) == nearest.Path;
        return nearest.IsEmpty || nearest.Depth is "empty" or "exclude" || (nearest.Depth is "files" or "immediates" && !isDirect) ? null : nearest;
    }

    private ClaimedEntry Nearest(string place)
    {
        while (true)
        {
            if (_entries.TryGetValue(place, out var entry))
                return entry;
            place = FsPath.Above(place);
        }
    }

    /// <summary>The entry that says of which tree another one is part.</summary>
    private ClaimedEntry RootOf(ClaimedEntry entry)
    {
        while (entry.Path.Length > 0 && entry.LinkPath is null)
            entry = Nearest(FsPath.Above(entry.Path));
        return entry;
    }
}
