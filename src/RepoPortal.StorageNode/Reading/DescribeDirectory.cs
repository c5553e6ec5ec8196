using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Describes a page of a directory. What costs something, the commits and properties, is read of the entries on that page only.</summary>
internal sealed class DescribeDirectory(SvnLookClient look, ReadChange change)
{
    // In this order: what is meant for people first.
    private static readonly string[] Readmes = ["README.md", "README.markdown", "README", "README.txt", "README.rst"];

    public DirectoryContent Run(
        Place place, ContentRequest request, LastChange last, ImmutableArray<NodeProperty> properties, DevelopmentLines? lines, CancellationToken cancellationToken)
    {
        var names = request.Take > 0 ? place.Names(look, place.Path, cancellationToken).ToList() : [];
        var matching = string.IsNullOrEmpty(request.Filter) ? names : names.FindAll(entry => entry.Name.Contains(request.Filter, StringComparison.OrdinalIgnoreCase));
        var page = matching
            .OrderBy(entry => entry.NodeKind != SvnNodeKind.Directory).ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .Skip(Math.Max(request.Skip, 0)).Take(request.Take).ToList();
        return new DirectoryContent(
            place.Revision, place.Youngest, place.Path, last, properties, Describe(place, page, cancellationToken), matching.Count, names.Count,
            Readme(place, names, request.MostBytes), lines);
    }

    private ImmutableArray<ContentEntry> Describe(Place place, List<SvnDirName> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0)
            return [];
        // Locks are about files as they are now.
        var locks = place.IsYoungest ? look.GetLocks(place.Origin.RepositoryPath, place.Path) : ImmutableDictionary<string, SvnLock>.Empty;
        var commits = new Dictionary<long, LastChange>();
        return
        [
            .. look.List(place.Origin, place.Path, page, cancellationToken).Select(entry =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!commits.TryGetValue(entry.Revision, out var commit))
                    commits[entry.Revision] = commit = change.Run(place.Origin, entry, place.Sight, cancellationToken);
                var path = NodePath.Join(place.Path, entry.Name);
                return new ContentEntry(
                    entry.Name, entry.NodeKind == SvnNodeKind.Directory, entry.FileSize, entry.HasProperties ? Marks(look, place.Origin, path) : NodeMarks.None, commit,
                    locks.TryGetValue(path, out var held) ? new LockView(held.Owner, held.CreationTime, held.Comment, held.Mark) : null);
            }),
        ];
    }

    /// <summary>What the properties of something say of it.</summary>
    public static NodeMarks Marks(SvnLookClient look, SvnLookOrigin origin, string path)
    {
        var properties = look.GetProperties(origin, path);
        return Mark("svn:executable", NodeMarks.Executable) | Mark("svn:special", NodeMarks.SymbolicLink)
            | Mark("svn:needs-lock", NodeMarks.NeedsLock) | Mark("svn:externals", NodeMarks.Externals);

        NodeMarks Mark(string property, NodeMarks mark) => properties.ContainsKey(property) ? mark : NodeMarks.None;
    }

    private ReadmeFile? Readme(Place place, List<SvnDirName> names, int mostBytes)
    {
        var files = names.Where(entry => entry.NodeKind == SvnNodeKind.File).Select(entry => entry.Name).ToList();
        var name = Readmes.Select(readme => files.Find(file => file.Equals(readme, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);
        if (name is null)
            return null;
        var path = NodePath.Join(place.Path, name);
        // What a symbolic link points to is not its content.
        return look.GetInfo(place.Origin, path) is { } file && !(file.HasProperties && Marks(look, place.Origin, path).HasFlag(NodeMarks.SymbolicLink))
            ? new ReadmeFile(name, FileStart.Read(look, place.Origin, path, mostBytes), file.FileSize ?? 0)
            : null;
    }
}
