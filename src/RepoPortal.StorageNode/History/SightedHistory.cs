using System.Globalization;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>The history of one repository as one reader may know it, with one youngest revision for everything that is asked.</summary>
internal sealed class SightedHistory(string directory, ReaderSight sight, SvnLookClient look, ReviewRevisions review, CancellationToken cancellationToken)
{
    private const int LongestMessage = 200_000;

    /// <summary>The repository's directory.</summary>
    public string Directory => directory;

    /// <summary>Reads.</summary>
    public SvnLookClient Look => look;

    /// <summary>Stops the reading.</summary>
    public CancellationToken Cancellation => cancellationToken;

    /// <summary>The youngest revision when the reading began.</summary>
    public long Youngest { get; } = look.GetYoungest(directory);

    /// <summary>Whether the reader may see a path, whatever is there.</summary>
    public bool MaySee(string path) => sight.IsEverything || sight.MaySee(path);

    /// <summary>A revision to be read.</summary>
    public SvnLookOrigin At(long revision) => new(directory, revision);

    /// <summary>What is at a path; nothing, when the reader may not see it.</summary>
    public SvnNodeKind KindOf(PathAtRevision place) =>
        place.Revision >= 0 && place.Revision <= Youngest && MaySee(place.Path) ? look.GetNodeKind(At(place.Revision), place.Path) : SvnNodeKind.None;

    /// <summary>A path, if the reader may see that something is there.</summary>
    public PathAtRevision? Visible(PathAtRevision? place) => place is { } given && KindOf(given) != SvnNodeKind.None ? given : null;

    /// <summary>How much of a revision the reader may see.</summary>
    public RevisionVisibility VisibilityOf(long revision) => review.VisibilityOf(At(revision), sight, cancellationToken);

    /// <summary>Who made a revision, when and why: what Subversion's log would tell the reader.</summary>
    public CommitHeader Header(long revision)
    {
        var visibility = VisibilityOf(revision);
        if (visibility == RevisionVisibility.None)
            return new CommitHeader(revision, visibility, null, null, null);
        var properties = look.GetRevisionProperties(At(revision));
        var message = properties.GetValueOrDefault("svn:log")?.StringValue ?? "";
        return new CommitHeader(
            revision,
            visibility,
            properties.GetValueOrDefault("svn:author")?.StringValue,
            DateTimeOffset.TryParse(properties.GetValueOrDefault("svn:date")?.StringValue, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            visibility == RevisionVisibility.Full ? message[..Math.Min(message.Length, LongestMessage)] : null);
    }
}
