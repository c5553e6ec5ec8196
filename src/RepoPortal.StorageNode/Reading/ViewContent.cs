using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Tells what is at a path, with everything that a page shows of it.</summary>
internal sealed class ViewContent(ReadCopy read, SvnLookClient look, ReaderAccess access, ReadChange change, DescribeDirectory directories, FindLines lines, FindNearest nearest)
{
    /// <summary>What the reader may see there.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public ContentAnswer Run(RepositoryCopy copy, ContentRequest request, Reader reader, CancellationToken cancellationToken) => read.Run<ContentAnswer>(copy, directory =>
    {
        var sight = access.Of(directory, reader);
        // One revision for everything that follows, whatever is committed meanwhile.
        var youngest = look.GetYoungest(directory);
        var place = new Place(
            new SvnLookOrigin(directory, request.Revision ?? (request.At is { } at ? look.GetDatedRevision(directory, at) : youngest)), youngest, NodePath.Normalise(request.Path), sight);
        try
        {
            if (place.Revision < 0 || place.Revision > youngest || !sight.MaySee(place.Path) || look.GetInfo(place.Origin, place.Path) is not { } node)
                return nearest.Run(place, reader, cancellationToken);
            var last = change.Run(place.Origin, node, sight, cancellationToken);
            var properties = node.HasProperties ? Properties(place) : [];
            var found = request.Take > 0 ? lines.Run(place, node.NodeKind, cancellationToken) : null;
            return node.NodeKind == SvnNodeKind.Directory
                ? directories.Run(place, request, last, properties, found, cancellationToken)
                : File(place, request, node, last, properties, found);
        }
        catch (SvnException exception) when (exception.IsPathSyntax)
        {
            // Two dots, a null character, half a character: nothing in Subversion has such a name.
            return new NoContent(place.Revision, youngest, place.Path, sight.MaySee("/") ? "/" : null, null, []);
        }
    });

    private FileContent File(Place place, ContentRequest request, SvnDirEntry node, LastChange last, ImmutableArray<NodeProperty> properties, DevelopmentLines? found)
    {
        // A lock is about the file as it is now.
        var held = place.IsYoungest ? look.GetLock(place.Origin.RepositoryPath, place.Path) : null;
        return new FileContent(
            place.Revision, place.Youngest, place.Path, last, properties, node.FileSize ?? 0, look.GetMd5(place.Origin, place.Path),
            held is null ? null : new LockView(held.Owner, held.CreationTime, held.Comment, held.Mark),
            FileStart.Read(look, place.Origin, place.Path, request.MostBytes), found);
    }

    private ImmutableArray<NodeProperty> Properties(Place place) =>
    [
        .. look.GetProperties(place.Origin, place.Path).OrderBy(property => property.Key, StringComparer.Ordinal).Take(NodeProperty.MostProperties)
            .Select(property => new NodeProperty(property.Key, Cut(property.Value.StringValue), property.Value.RawValue.Length)),
    ];

    // Not between the halves of a character.
    private static string Cut(string value) => value.Length <= NodeProperty.MostCharacters
        ? value
        : value[..(char.IsHighSurrogate(value[NodeProperty.MostCharacters - 1]) ? NodeProperty.MostCharacters - 1 : NodeProperty.MostCharacters)];
}
