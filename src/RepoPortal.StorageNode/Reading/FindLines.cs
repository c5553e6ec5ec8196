using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Finds trunk, branches and tags around a path, wherever in the repository a project is laid out as usual.</summary>
internal sealed class FindLines(SvnLookClient look)
{
    private const string Trunk = "trunk";
    private const string Branches = "branches";
    private const string Tags = "tags";

    /// <summary>Null when there is nothing of the kind.</summary>
    public DevelopmentLines? Run(Place place, SvnNodeKind kind, CancellationToken cancellationToken)
    {
        var (project, current) = Split(place.Path, kind);
        if (project is null)
            return null;
        var top = place.Names(look, project, cancellationToken)
            .Where(entry => entry.NodeKind == SvnNodeKind.Directory).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        if (!top.Overlaps([Trunk, Branches, Tags]))
            return null;
        return new DevelopmentLines(
            project, current, top.Contains(Trunk),
            [.. Below(place, NodePath.Join(project, Branches), cancellationToken).Order(StringComparer.Ordinal).Take(DevelopmentLines.MostOfEach)],
            [.. Below(place, NodePath.Join(project, Tags), cancellationToken).OrderDescending(StringComparer.Ordinal).Take(DevelopmentLines.MostOfEach)]);
    }

    private IEnumerable<string> Below(Place place, string directory, CancellationToken cancellationToken) =>
        place.Names(look, directory, cancellationToken).Where(entry => entry.NodeKind == SvnNodeKind.Directory).Select(entry => entry.Name);

    private static (string? Project, string? Current) Split(string path, SvnNodeKind kind)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(segments, segment => segment is Trunk or Branches or Tags);
        if (at < 0)
            return (kind == SvnNodeKind.Directory ? path : null, null);
        var current = segments[at] == Trunk ? Trunk : at + 1 < segments.Length ? $"{segments[at]}/{segments[at + 1]}" : null;
        return ("/" + string.Join('/', segments[..at]), current);
    }
}
