using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Looks at the directory for backups at the start, and says in the log when it cannot be used. The node serves all the same.</summary>
internal sealed class BackupTargetCheck(BackupTarget target, ILogger<BackupTargetCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            target.Require();
        }
        catch (StorageException exception)
        {
            logger.LogError("No backups are made: {Reason}", exception.Message);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
