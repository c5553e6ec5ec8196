using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Provisioning;

/// <summary>Serves a stored copy under further names, or no longer under one. Each is one step on the disk, which may be taken twice.</summary>
internal sealed class ServeCopy(NodeDirectories directories, ServedNames served, CopyLocks locks)
{
    /// <exception cref="CopyNotFoundException">There is no such copy, so that a link would lead nowhere.</exception>
    /// <exception cref="StorageException">The disk refused; it can be tried again.</exception>
    public Task ServeAsync(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) => RunAsync(
        copy,
        () =>
        {
            if (!Directory.Exists(directories.Copy(copy)))
                throw new CopyNotFoundException($"the repository cannot be served as '{name}': it is not on this node");
            served.Publish(name, copy);
        },
        $"the repository could not be served as '{name}'",
        cancellationToken);

    /// <summary>Nothing to do is success.</summary>
    /// <exception cref="StorageException">The disk refused; it can be tried again.</exception>
    public Task WithdrawAsync(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) =>
        RunAsync(copy, () => served.Withdraw(name, copy), $"the name '{name}' could not be taken off the disk", cancellationToken);

    private async Task RunAsync(RepositoryCopy copy, Action step, string failure, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(copy.Repository, cancellationToken);
        try
        {
            step();
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(failure, exception);
        }
    }
}
