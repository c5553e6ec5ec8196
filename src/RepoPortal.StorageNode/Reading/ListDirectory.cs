using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Lists a directory with the commits that last changed its entries.</summary>
internal sealed class ListDirectory(ReadCopy read, SvnLookClient look)
{
    /// <summary>The directory at a revision (null: the youngest); null when there is no such directory or revision.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public DirectoryListing? Run(RepositoryCopy copy, string path, long? revision, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        // One revision for everything that follows, whatever is committed meanwhile.
        var origin = new SvnLookOrigin(directory, revision ?? look.GetYoungest(directory));
        try
        {
            var messages = new Dictionary<long, string>();
            var entries = look.List(origin, path, cancellationToken)
                .OrderBy(entry => entry.NodeKind != SvnNodeKind.Directory)
                .Select(entry => Describe(directory, entry, messages))
                .ToImmutableArray();
            return new DirectoryListing(origin.Revision!.Value, $"/{path.Trim('/')}", entries);
        }
        catch (SvnException exception) when (exception.IsNotFound || exception.IsPathSyntax)
        {
            return null;
        }
    });

    private DirectoryEntry Describe(string directory, SvnDirEntry entry, Dictionary<long, string> messages)
    {
        if (!messages.TryGetValue(entry.Revision, out var message))
            messages[entry.Revision] = message = FirstLine(look.GetRevisionProperties(new SvnLookOrigin(directory, entry.Revision)).GetValueOrDefault("svn:log")?.StringValue ?? "");
        return new DirectoryEntry(entry.Name, entry.NodeKind == SvnNodeKind.Directory, entry.FileSize, entry.Revision, entry.Author, entry.Time, message);
    }

    private static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOf('\n');
        return (end < 0 ? line : line[..end].TrimEnd()).ToString();
    }
}
