using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Looks for httpd before any part of the server starts, so that what is missing is said in one sentence and nothing has to be stopped again.</summary>
internal sealed class HttpdInstallationCheck(IOptions<StorageNodeOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        HttpdInstallation.Require(options.Value);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
