using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.Portal.Tasks;

/// <summary>Has a storage node do a job, and follows it to its end.</summary>
internal sealed class NodeWork(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when the job is over.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="id">What the job is known by: the same after a crash.</param>
    /// <param name="job">The job.</param>
    /// <param name="progress">Where to tell how far it is.</param>
    /// <param name="cancellationToken">Stops following it.</param>
    /// <exception cref="TaskWaitsException">The node is away.</exception>
    /// <exception cref="TaskGivenUpException">Nobody wants it any more; the node was told to stop.</exception>
    internal async Task<JobStatus> RunAsync(string node, Guid id, NodeJob job, TaskProgress progress, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IStorageNodeGrain>(node);
        for (var pause = FirstLook; ; pause = pause * 2 < LookEvery ? pause * 2 : LookEvery)
        {
            var status = await AskAsync(grain, id, job);
            var isOver = status.Result is not null || status.Failure is not null;
            try
            {
                await progress.TellAsync(status.Progress, cancellationToken);
                if (isOver)
                    await progress.RequireWantedAsync(cancellationToken);
            }
            catch (TaskGivenUpException)
            {
                await grain.Dismiss(id);
                throw;
            }

            if (isOver)
            {
                await grain.Dismiss(id);
                return status;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static async Task<JobStatus> AskAsync(IStorageNodeGrain grain, Guid id, NodeJob job)
    {
        try
        {
            return await grain.Work(id, job);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw new TaskWaitsException("the storage node does not answer at the moment", exception);
        }
    }
}
