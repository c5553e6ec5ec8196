using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups.Removal;

/// <summary>Asks nodes for what lies among their backups, and to remove of it what nobody needs.</summary>
internal sealed class NodeBackups(IDbContextFactory<RecordContext> contexts, NodeWork work, TimeProvider time)
{
    /// <summary>What there is beyond the backup of each stored copy.</summary>
    /// <exception cref="StorageException">The backups are not there or not fit.</exception>
    /// <exception cref="TaskWaitsException">The node is away.</exception>
    internal async Task<ImmutableArray<SpareBackup>> ListSpareAsync(string node, CancellationToken cancellationToken) =>
        ((SpareBackupsResult)await DoAsync(node, new ListSpareBackupsJob(), cancellationToken)).Backups;

    /// <summary>Nothing to do is success.</summary>
    /// <exception cref="StorageException">The node knows that it is needed, or its disk refused.</exception>
    /// <exception cref="TaskWaitsException">The node is away.</exception>
    internal Task RemoveAsync(string node, RepositoryCopy copy, string directory, CancellationToken cancellationToken) =>
        DoAsync(node, new RemoveBackupJob(copy, directory), cancellationToken);

    private async Task<JobResult> DoAsync(string node, NodeJob job, CancellationToken cancellationToken)
    {
        // It has no row of a task: nobody waits for it, and after a crash it is asked for anew.
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var status = await work.RunAsync(node, id, job, new TaskProgress(contexts, id, time), cancellationToken);
        return status.Result ?? throw new StorageException(status.Failure!);
    }
}
