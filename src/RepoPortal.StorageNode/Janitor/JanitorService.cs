using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RepoPortal.StorageNode.Janitor;

/// <summary>Removes what an earlier process left in <c>tmp/</c>, and what has been in <c>trash/</c> for long enough.</summary>
internal sealed class JanitorService(
    NodeDirectories directories, IOptions<StorageNodeOptions> options, TimeProvider time, ILogger<JanitorService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private string[] _leftovers = [];

    /// <summary>Notes what is in <c>tmp/</c> before this process puts anything there; afterwards it would not know whose it is.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _leftovers = Directory.GetFileSystemEntries(directories.Temporary);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Run(() => RemoveAll(_leftovers, stoppingToken), stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
            await Task.Run(() => RemoveAll(OldTrash(), stoppingToken), stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<string> OldTrash()
    {
        var limit = time.GetUtcNow().UtcDateTime.AddDays(-options.Value.TrashDays);
        return Directory.GetDirectories(directories.Trash).Where(path => Directory.GetLastWriteTimeUtc(path) <= limit);
    }

    private void RemoveAll(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // A link is removed itself, not what it points to.
                if (new FileInfo(path) is { LinkTarget: null } && Directory.Exists(path))
                    Directory.Delete(path, recursive: true);
                else
                    File.Delete(path);
                logger.LogInformation("Removed '{Path}'", path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogError(exception, "'{Path}' cannot be removed", path);
            }
        }
    }
}
