using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Lists a directory with the commits that last changed its entries.</summary>
internal sealed class ListDirectory(ReadCopy read, SvnLookClient look, ReaderAccess access, ReviewRevisions review)
{
    /// <summary>What the reader may see of a directory at a revision (null: the youngest); null when there is no such directory or revision, or none they may see.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public DirectoryListing? Run(RepositoryCopy copy, string path, long? revision, Reader reader, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        // One revision for everything that follows, whatever is committed meanwhile.
        var origin = new SvnLookOrigin(directory, revision ?? look.GetYoungest(directory));
        try
        {
            var maySee = access.Of(directory, reader);
            var parent = path.Trim('/') is { Length: > 0 } below ? $"/{below}" : "";
            if (!maySee(parent.Length == 0 ? "/" : parent))
                return null;
            var messages = new Dictionary<long, string>();
            var entries = look.List(origin, path, cancellationToken)
                .Where(entry => maySee($"{parent}/{entry.Name}"))
                .OrderBy(entry => entry.NodeKind != SvnNodeKind.Directory)
                .Select(entry => Describe(origin, entry, messages, maySee, cancellationToken))
                .ToImmutableArray();
            return new DirectoryListing(origin.Revision!.Value, $"/{path.Trim('/')}", entries);
        }
        catch (SvnException exception) when (exception.IsNotFound || exception.IsPathSyntax)
        {
            return null;
        }
    });

    private DirectoryEntry Describe(
        SvnLookOrigin origin, SvnDirEntry entry, Dictionary<long, string> messages, Func<string, bool> maySee, CancellationToken cancellationToken)
    {
        if (!messages.TryGetValue(entry.Revision, out var message))
            messages[entry.Revision] = message = MessageOf(origin with { Revision = entry.Revision }, maySee, cancellationToken);
        return new DirectoryEntry(entry.Name, entry.NodeKind == SvnNodeKind.Directory, entry.FileSize, entry.Revision, entry.Author, entry.Time, message);
    }

    // Subversion tells the message only to those who may see every path that the revision changed.
    private string MessageOf(SvnLookOrigin revision, Func<string, bool> maySee, CancellationToken cancellationToken) =>
        review.Run(revision, maySee, cancellationToken).Visibility == RevisionVisibility.Full
            ? FirstLine(look.GetRevisionProperties(revision).GetValueOrDefault("svn:log")?.StringValue ?? "")
            : "";

    private static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOf('\n');
        return (end < 0 ? line : line[..end].TrimEnd()).ToString();
    }
}
