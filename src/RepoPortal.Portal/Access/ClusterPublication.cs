using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Access;

/// <summary>Within the cluster: the access file first, then the broadcast.</summary>
internal sealed partial class ClusterPublication(IGrainFactory grains, AccessFiles files, ILogger<ClusterPublication> logger) : IAccessPublication
{
    public async Task PublishAsync(AccessChange change)
    {
        if (change.Repository is { } repository)
            await WriteFileAsync(repository);
        await grains.GetGrain<IAccessBroadcast>(0).Publish(change);
    }

    private async Task WriteFileAsync(RepositoryId repository)
    {
        try
        {
            await files.PublishAsync(repository, CancellationToken.None);
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            // Neither a gateway nor a page reads from the repository before the file is written, so the change holds all the same; whoever asks next tries again.
            LogNotWritten(exception, repository);
        }
    }

    [LoggerMessage(LogLevel.Error, "the access file of repository {Repository} could not be written; the repository is not served until it is")]
    private partial void LogNotWritten(Exception exception, RepositoryId repository);
}
