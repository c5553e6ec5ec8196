using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Access;

namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>Leaves of commits what path rules let somebody know, as Subversion's own log does.</summary>
internal sealed class RedactCommits(IGrainFactory grains, AccessFiles files)
{
    /// <summary>The commits without those of which the reader may know nothing.</summary>
    /// <param name="repository">The repository, with its copies.</param>
    /// <param name="commits">Commits of it.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<IReadOnlyList<CommitView>> ExecuteAsync(
        Repository repository, IReadOnlyList<Commit> commits, Reader reader, CancellationToken cancellationToken)
    {
        if (commits.Count == 0 || repository.Primary is not { } primary)
            return [];
        await files.EnsureWrittenAsync(repository, cancellationToken);
        var sights = await grains.GetGrain<IStorageNodeGrain>(primary.NodeName)
            .ReviewRevisions(primary.Key, [.. commits.Select(commit => commit.Revision)], reader, cancellationToken);
        return [.. commits.Zip(sights, Redact).OfType<CommitView>()];
    }

    private static CommitView? Redact(Commit commit, RevisionSight sight) => sight.Visibility switch
    {
        RevisionVisibility.Full => CommitView.Of(commit),
        RevisionVisibility.Partial => new CommitView(
            commit.Revision, commit.Author, commit.At, Message: null, sight.ChangedPaths, sight.CommonPath ?? "/", SizeBytes: 0),
        _ => null,
    };
}
