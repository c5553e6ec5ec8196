using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace RepoPortal.StorageNode;

/// <summary>Whether the disk has room for commits.</summary>
internal sealed class DiskHealthCheck(NodeDirectories directories, IOptions<StorageNodeOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(directories.Root).AvailableFreeSpace / (1024 * 1024);
        return Task.FromResult(free >= options.Value.MinimumFreeMegabytes
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(
                context.Registration.FailureStatus,
                string.Create(CultureInfo.InvariantCulture, $"{free} MiB are free, less than the {options.Value.MinimumFreeMegabytes} MiB wanted")));
    }
}
