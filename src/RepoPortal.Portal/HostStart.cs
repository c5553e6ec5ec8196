using Microsoft.Extensions.Hosting;

namespace RepoPortal.Portal;

/// <summary>Lets background work wait until every part of the process is up, Orleans included.</summary>
internal static class HostStart
{
    internal static async Task StartedAsync(this IHostApplicationLifetime host, CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
