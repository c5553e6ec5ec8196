using Microsoft.Extensions.Hosting;

namespace RepoPortal.StorageNode;

/// <summary>Waiting for the server.</summary>
internal static class HostLifetime
{
    /// <summary>Returns when every part of the server has started; only then can grains be called.</summary>
    public static Task Started(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task.WaitAsync(cancellationToken);
    }
}
