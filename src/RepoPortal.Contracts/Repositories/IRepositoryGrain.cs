namespace RepoPortal.Contracts.Repositories;

/// <summary>The one driver of a repository's life: brings the disk to what the row says. Its key is <see cref="RepositoryId.Value"/>.</summary>
[Alias("RepoPortal.Repository")]
public interface IRepositoryGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Works until the row is settled (ready, failed or gone) or until it has to wait; then a reminder wakes it again. May be called at any time, any number of times.
    /// </summary>
    [Alias("Settle")]
    Task Settle(CancellationToken cancellationToken);

    /// <summary>The node has seen a commit. Fetches every revision up to <paramref name="youngest"/> that the record does not know yet.</summary>
    [Alias("CommitSeen")]
    Task CommitSeen(long youngest);
}
