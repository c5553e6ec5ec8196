using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Tells how much of a revision a reader may see; the rules are those of <c>svn_repos_check_revision_access</c>.</summary>
internal sealed class ReviewRevisions(ReadCopy read, SvnLookClient look, ReaderAccess access)
{
    /// <summary>One answer per revision, in the same order.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public ImmutableArray<RevisionSight> Run(
        RepositoryCopy copy, ImmutableArray<long> revisions, Reader reader, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        var sight = access.Of(directory, reader);
        return revisions.Select(revision => Run(new SvnLookOrigin(directory, revision), sight, cancellationToken)).ToImmutableArray();
    });

    /// <summary>How much of one revision somebody may see; a revision that changed no path hides nothing.</summary>
    private RevisionSight Run(SvnLookOrigin revision, ReaderSight sight, CancellationToken cancellationToken)
    {
        var extent = new ChangedExtent();
        var isHidden = false;
        foreach (var change in look.GetChangedPaths(revision, cancellation: cancellationToken).Items)
        {
            if (sight.MaySee(change.Path))
                extent.Add(change.Path);
            else
                isHidden = true;
            isHidden |= change.CopyFromPath is { } origin && !sight.MaySee(origin);
        }

        return new RevisionSight(Visibility(isHidden, extent.Count), extent.Count, extent.Count > 0 ? extent.CommonPath : null);
    }

    /// <summary>How much of one revision somebody may see, without saying of what: ends as soon as that is known, and reads nothing for somebody who may see everything.</summary>
    public RevisionVisibility VisibilityOf(SvnLookOrigin revision, ReaderSight sight, CancellationToken cancellationToken)
    {
        if (sight.IsEverything)
            return RevisionVisibility.Full;
        var (isHidden, seen) = (false, 0);
        look.VisitChanges(revision, change =>
        {
            if (sight.MaySee(change.Path))
                seen = 1;
            else
                isHidden = true;
            isHidden |= change.CopyFromPath is { } origin && !sight.MaySee(origin);
            return !isHidden || seen == 0;
        }, cancellationToken);
        return Visibility(isHidden, seen);
    }

    private static RevisionVisibility Visibility(bool isHidden, int seen) => (isHidden, seen) switch
    {
        (false, _) => RevisionVisibility.Full,
        (true, > 0) => RevisionVisibility.Partial,
        _ => RevisionVisibility.None,
    };
}
