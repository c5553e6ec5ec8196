using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Hooks;

/// <summary>Reports, at start, the repositories whose last commits nobody may have heard of, because the server ended between a commit and its report.</summary>
/// <remarks>
/// While everything is heard, the file <c>hook/heard</c> is touched again and again. A repository whose <c>db/current</c>, which every commit
/// replaces, is older than that has nothing to report; so a start costs one stat per repository, and a few grains are woken instead of all.
/// </remarks>
internal sealed class MissedCommits(
    NodeDirectories directories, CommitReports reports, SvnLookClient look, TimeProvider time, ILogger<MissedCommits> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // A commit's report may be on its way when the file is touched.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>Its date is a time at which every commit had been reported.</summary>
    private string HeardFile => Path.Combine(directories.Hook, "heard");

    /// <summary>Looks through the store, before anything else works in it.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        ReportSince(HeardAt());
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var now = time.GetUtcNow();
            if (reports.AllHeard)
                Touch(now);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private DateTime HeardAt() => File.Exists(HeardFile) ? File.GetLastWriteTimeUtc(HeardFile) - Slack : DateTime.MinValue;

    private void Touch(DateTimeOffset now)
    {
        try
        {
            File.OpenHandle(HeardFile, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            File.SetLastWriteTimeUtc(HeardFile, now.UtcDateTime);
        }
        catch (IOException exception)
        {
            // The date stays older than it could be, so that the next start reports more than it had to.
            logger.LogWarning(exception, "The file '{Path}' cannot be written", HeardFile);
        }
    }

    private void ReportSince(DateTime heardAt)
    {
        foreach (var copy in CopyPaths.All(directories))
        {
            var path = directories.Copy(copy);
            if (File.GetLastWriteTimeUtc(Path.Combine(path, "db", "current")) < heardAt)
                continue;
            try
            {
                reports.Add(copy.Repository, look.GetYoungest(path));
            }
            catch (SvnException exception)
            {
                logger.LogError(exception, "The copy '{Path}' cannot be read", path);
            }
        }
    }
}
