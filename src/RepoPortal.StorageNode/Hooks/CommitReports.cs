using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>Tells the grains of repositories which commits were seen here: in the background, again and again until they have heard it.</summary>
internal sealed class CommitReports(
    IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<CommitReports> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly Channel<Report> _reports = Channel.CreateUnbounded<Report>();
    private int _outstanding;

    /// <summary>True when every grain has heard of everything.</summary>
    public bool AllHeard => Volatile.Read(ref _outstanding) == 0;

    /// <summary>Notes a commit, and returns at once.</summary>
    public void Add(RepositoryId repository, long youngest)
    {
        Interlocked.Increment(ref _outstanding);
        _reports.Writer.TryWrite(new Report(repository, youngest, FirstRetry));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Grains can be called once the whole server is up.
        await lifetime.Started(stoppingToken);
        await Parallel.ForEachAsync(
            _reports.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            (report, cancellationToken) => TellAsync(report, cancellationToken));
    }

    private async ValueTask TellAsync(Report report, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IRepositoryGrain>(report.Repository.Value).CommitSeen(report.Youngest);
            Interlocked.Decrement(ref _outstanding);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The silo goes down with us; the next start reports it.
        }
        catch (Exception exception)
        {
            // Whatever it was happened at the other end, which has its own log; here it only means that the news has not arrived.
            logger.LogWarning(exception, "Revision {Revision} of {Repository} could not be reported; the next try is in {Delay}", report.Youngest, report.Repository, report.Retry);
            _ = TellLaterAsync(report, stoppingToken);
        }
    }

    private async Task TellLaterAsync(Report report, CancellationToken stoppingToken)
    {
        await Task.Delay(report.Retry, time, stoppingToken);
        var longer = report.Retry * 2;
        _reports.Writer.TryWrite(report with { Retry = longer < LongestRetry ? longer : LongestRetry });
    }

    private readonly record struct Report(RepositoryId Repository, long Youngest, TimeSpan Retry);
}
