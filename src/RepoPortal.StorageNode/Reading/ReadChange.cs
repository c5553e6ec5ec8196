using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Tells which commit last changed something, as far as a reader may know it.</summary>
internal sealed class ReadChange(ReviewRevisions review)
{
    // Subversion tells author and date only to those who may see a path that the revision changed, and the message to those who may see every such path.
    /// <param name="origin">The repository, whatever the revision.</param>
    /// <param name="entry">What was changed.</param>
    /// <param name="sight">What the reader may see.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public LastChange Run(SvnLookOrigin origin, SvnDirEntry entry, ReaderSight sight, CancellationToken cancellationToken)
    {
        var revision = origin with { Revision = entry.Revision };
        return review.VisibilityOf(revision, sight, cancellationToken) switch
        {
            RevisionVisibility.Full => new LastChange(entry.Revision, entry.Author, entry.Time, FirstLine(entry.Message ?? "")),
            RevisionVisibility.Partial => new LastChange(entry.Revision, entry.Author, entry.Time, ""),
            _ => new LastChange(entry.Revision, null, null, ""),
        };
    }

    private static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOf('\n');
        return (end < 0 ? line : line[..end].TrimEnd()).ToString();
    }
}
