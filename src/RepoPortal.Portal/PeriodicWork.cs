using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal;

/// <summary>Work that is done again and again while the process runs.</summary>
internal static partial class PeriodicWork
{
    /// <summary>
    /// Does a round as soon as every part of the process is up, and then one in each period. One that fails is told in the log, and the next one tries again.
    /// Returns, cancelled, when the process stops.
    /// </summary>
    internal static async Task RepeatAsync(
        this IHostApplicationLifetime host, TimeSpan period, Func<CancellationToken, Task> round, TimeProvider time, ILogger logger, CancellationToken stoppingToken)
    {
        await host.StartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(period, time);
        do
        {
            try
            {
                await round(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested) // a database or node that is away now is there at a later round
            {
                LogInterrupted(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "a round was interrupted; the next one tries again")]
    private static partial void LogInterrupted(ILogger logger, Exception exception);
}
