using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Keeps this node's httpd running for as long as the server runs.</summary>
internal sealed class HttpdService(
    IOptions<StorageNodeOptions> options, HttpdLauncher launcher, TimeProvider time, ILogger<HttpdService> logger) : BackgroundService
{
    private const int AttemptsAtStart = 3;

    private volatile NodeEndpoint _endpoint = new(HttpdLauncher.FreeAddress(), RandomNumberGenerator.GetHexString(64, lowercase: true));
    private volatile HttpdProcess? _httpd;

    /// <summary>Where httpd listens. The port stays the same over its restarts, unless somebody else took it meanwhile; the key stays the same for ever.</summary>
    public NodeEndpoint Endpoint => _endpoint;

    /// <summary>The id of httpd's main process; null while there is none.</summary>
    public int? ProcessId => _httpd?.Id;

    /// <summary>Empties httpd's caches without dropping a request; to be called when a served path has got other content.</summary>
    public void RestartGracefully() => _httpd?.RestartGracefully();

    /// <summary>Returns when httpd answers.</summary>
    /// <exception cref="StorageException">It cannot be started on this machine; the message says why.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var ended = HttpdLeftovers.End(options.Value.HttpdProgram, launcher.ConfigurationFile);
        if (ended > 0)
            logger.LogWarning("Ended {Count} processes of httpd that an earlier run had left behind", ended);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _httpd = await launcher.LaunchAsync(_endpoint, cancellationToken);
                break;
            }
            catch (StorageException) when (attempt < AttemptsAtStart)
            {
                MoveToAnotherPort();
            }
        }

        logger.LogInformation("httpd serves at {Address}", _endpoint);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Lets requests under way finish and ends httpd.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_httpd is { } httpd)
            await httpd.StopAsync(time);
    }

    public override void Dispose()
    {
        base.Dispose();
        // Reached without StopAsync when another part of the server failed to start.
        _httpd?.EndGroup();
        _httpd?.Dispose();
        _httpd = null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(time);
        while (true)
        {
            if (_httpd is { } httpd)
            {
                await httpd.WaitForExitAsync(stoppingToken);
                httpd.EndGroup();
                _httpd = null;
                httpd.Dispose();
            }

            var delay = backOff.Next();
            logger.LogError("httpd has ended and is started again in {Delay} ms", delay.TotalMilliseconds);
            await Task.Delay(delay, time, stoppingToken);
            try
            {
                _httpd = await launcher.LaunchAsync(_endpoint, stoppingToken);
                logger.LogInformation("httpd serves again at {Address}", _endpoint);
            }
            catch (StorageException exception)
            {
                logger.LogError(exception, "httpd could not be started again");
                MoveToAnotherPort();
            }
        }
    }

    /// <summary>Whatever the failure was, a port that somebody else has may have been the reason, and a new one does no harm.</summary>
    private void MoveToAnotherPort() => _endpoint = _endpoint with { Address = HttpdLauncher.FreeAddress() };
}
