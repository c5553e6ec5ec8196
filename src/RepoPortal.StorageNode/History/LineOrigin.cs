using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Where a line of development came from.</summary>
/// <param name="From">What was copied.</param>
/// <param name="MadeIn">The revision that copied it.</param>
internal sealed record LineOrigin(PathAtRevision From, long MadeIn)
{
    private const int MostSteps = 20;

    /// <summary>
    /// The copy that made it, before it was given the name that it has now: a rename, of itself or of a directory above it, is a copy too. Null when there is none,
    /// or the reader may not see what was copied.
    /// </summary>
    public static LineOrigin? Find(SightedHistory history, string path)
    {
        var place = new PathAtRevision(path, history.Youngest);
        for (var step = 0; step < MostSteps; step++)
        {
            if (history.Look.GetCopy(history.At(place.Revision), place.Path) is not { } copy
                || history.Visible(RevisionChanges.CopySource(copy, place.Path)) is not { } source)
                return null;
            var isRename = history.MaySee(copy.From.Path) && history.KindOf(new PathAtRevision(copy.From.Path, copy.To.Revision)) == SvnNodeKind.None;
            if (!isRename)
                return copy.To.Path == place.Path ? new LineOrigin(source, copy.To.Revision) : null;
            place = source;
        }

        return null;
    }
}
