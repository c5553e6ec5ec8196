using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Where somebody looks.</summary>
/// <param name="Origin">The repository and the revision.</param>
/// <param name="Youngest">The youngest revision when the looking began.</param>
/// <param name="Path">The path.</param>
/// <param name="Sight">What they may see.</param>
internal sealed record Place(SvnLookOrigin Origin, long Youngest, string Path, ReaderSight Sight)
{
    public long Revision => Origin.Revision!.Value;

    public bool IsYoungest => Revision == Youngest;

    /// <summary>The directories and files in a directory that the reader may see, in no particular order; empty when there is no such directory, or it is hidden.</summary>
    public IEnumerable<SvnDirName> Names(SvnLookClient look, string directory, CancellationToken cancellationToken)
    {
        if (!Sight.MaySee(directory) || look.GetNodeKind(Origin, directory) != SvnNodeKind.Directory)
            return [];
        var names = look.ListNames(Origin, directory, cancellationToken);
        return Sight.IsEverything ? names : names.Where(entry => Sight.MaySee(NodePath.Join(directory, entry.Name)));
    }
}
