using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Finds trunk, branches and tags around a path, wherever in the repository a project is laid out as usual.</summary>
internal sealed class FindLines(SvnLookClient look)
{
    /// <summary>Null when there is nothing of the kind.</summary>
    public DevelopmentLines? Run(Place place, SvnNodeKind kind, CancellationToken cancellationToken)
    {
        var (project, current) = UsualLayout.Split(place.Path, kind);
        if (project is null)
            return null;
        var top = place.Names(look, project, cancellationToken)
            .Where(entry => entry.NodeKind == SvnNodeKind.Directory).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        if (!top.Overlaps(UsualLayout.Directories))
            return null;
        return new DevelopmentLines(
            project, current, top.Contains(UsualLayout.Trunk),
            [.. Below(place, NodePath.Join(project, UsualLayout.Branches), cancellationToken).Order(StringComparer.Ordinal).Take(DevelopmentLines.MostOfEach)],
            [.. Below(place, NodePath.Join(project, UsualLayout.Tags), cancellationToken).OrderDescending(StringComparer.Ordinal).Take(DevelopmentLines.MostOfEach)]);
    }

    private IEnumerable<string> Below(Place place, string directory, CancellationToken cancellationToken) =>
        place.Names(look, directory, cancellationToken).Where(entry => entry.NodeKind == SvnNodeKind.Directory).Select(entry => entry.Name);
}
