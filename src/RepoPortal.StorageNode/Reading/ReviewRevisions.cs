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
        var maySee = access.Of(directory, reader);
        return revisions.Select(revision => Run(new SvnLookOrigin(directory, revision), maySee, cancellationToken)).ToImmutableArray();
    });

    /// <summary>How much of one revision somebody may see.</summary>
    public RevisionSight Run(SvnLookOrigin revision, Func<string, bool> maySee, CancellationToken cancellationToken)
    {
        var extent = new ChangedExtent();
        var isHidden = false;
        foreach (var change in look.GetChangedPaths(revision, cancellation: cancellationToken).Items)
        {
            if (maySee(change.Path))
                extent.Add(change.Path);
            else
                isHidden = true;
            isHidden |= change.CopyFromPath is { } origin && !maySee(origin);
        }

        var visibility = !isHidden ? RevisionVisibility.Full : extent.Count > 0 ? RevisionVisibility.Partial : RevisionVisibility.None;
        return new RevisionSight(visibility, extent.Count, extent.Count > 0 ? extent.CommonPath : null);
    }
}
