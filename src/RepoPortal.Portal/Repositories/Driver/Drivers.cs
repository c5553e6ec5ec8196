using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Sets repositories in motion on behalf of people who wait, but not for ever. A command beside the server has no grains: the server's <see cref="Sweep"/> finds what it left.</summary>
internal sealed partial class Drivers(TimeProvider time, ILogger<Drivers> logger, IGrainFactory? grains = null)
{
    // A repository is ready within milliseconds; whoever waits longer is better told "provisioning".
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Drives a repository towards its row. Returns when it is settled, has to wait, or patience ends; the row tells which.</summary>
    internal async Task SettleAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        if (grains is null)
            return;
        try
        {
            await grains.GetGrain<IRepositoryGrain>(repository.Value).Settle(CancellationToken.None).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogWaiting(exception, repository);
        }
    }

    [LoggerMessage(LogLevel.Warning, "repository {Repository} has to wait; it is tried again")]
    private partial void LogWaiting(Exception exception, RepositoryId repository);
}
