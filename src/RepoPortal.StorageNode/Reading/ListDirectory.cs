using System.Collections.Immutable;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Lists a directory with the commits that last changed its entries.</summary>
internal sealed class ListDirectory(ReadCopy read, SvnLookClient look, ReaderAccess access, ReadChange change)
{
    /// <summary>What the reader may see of a directory at a revision (null: the youngest); null when there is no such directory or revision, or none they may see.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public DirectoryListing? Run(RepositoryCopy copy, string path, long? revision, Reader reader, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        // One revision for everything that follows, whatever is committed meanwhile.
        var origin = new SvnLookOrigin(directory, revision ?? look.GetYoungest(directory));
        try
        {
            var sight = access.Of(directory, reader);
            var parent = path.Trim('/') is { Length: > 0 } below ? $"/{below}" : "";
            if (!sight.MaySee(parent.Length == 0 ? "/" : parent))
                return null;
            var commits = new Dictionary<long, LastChange>();
            var entries = look.List(origin, path, cancellationToken)
                .Where(entry => sight.MaySee($"{parent}/{entry.Name}"))
                .OrderBy(entry => entry.NodeKind != SvnNodeKind.Directory)
                .Select(entry => Describe(origin, entry, commits, sight, cancellationToken))
                .ToImmutableArray();
            return new DirectoryListing(origin.Revision!.Value, $"/{path.Trim('/')}", entries);
        }
        catch (SvnException exception) when (exception.IsNotFound || exception.IsPathSyntax)
        {
            return null;
        }
    });

    private DirectoryEntry Describe(
        SvnLookOrigin origin, SvnDirEntry entry, Dictionary<long, LastChange> commits, ReaderSight sight, CancellationToken cancellationToken)
    {
        if (!commits.TryGetValue(entry.Revision, out var commit))
            commits[entry.Revision] = commit = change.Run(origin, entry, sight, cancellationToken);
        return new DirectoryEntry(entry.Name, entry.NodeKind == SvnNodeKind.Directory, entry.FileSize, entry.Revision, commit.Author, commit.At, commit.Message);
    }
}
