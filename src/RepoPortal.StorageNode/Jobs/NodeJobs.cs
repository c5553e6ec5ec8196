using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Backups.OffSite;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Exporting;
using RepoPortal.StorageNode.Importing;

namespace RepoPortal.StorageNode.Jobs;

/// <summary>The long work that this node does at the moment, or has done lately. It is in memory only: each job may be begun anew.</summary>
internal sealed class NodeJobs(
    TakeBackup takeBackup, VerifyCopy verify, RehearseRestore rehearse, RestoreBackup restore, LoadImport load, StoreImport store, ExportRepository export, CopyOffSite offSite,
    ListSpareBackups listSpare, RemoveBackup remove, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<NodeJobs> logger)
{
    // Whoever began a job asks after it every second; an answer that nobody fetched for so long is for nobody.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, Running> _jobs = new();

    /// <summary>Begins a job, or tells how far it is.</summary>
    public JobStatus Work(Guid id, NodeJob job)
    {
        Forget();
        return _jobs.GetOrAdd(id, _ => Begin(job)).Status;
    }

    /// <summary>Ends a job that still runs, and forgets it.</summary>
    public void Dismiss(Guid id)
    {
        if (_jobs.TryRemove(id, out var running))
            running.Stop.Cancel();
    }

    private Running Begin(NodeJob job)
    {
        var running = new Running(CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping));
        _ = Task.Run(() => RunAsync(job, running));
        return running;
    }

    private async Task RunAsync(NodeJob job, Running running)
    {
        try
        {
            var result = await RunAsync(job, progress => running.Status = new JobStatus(progress), running.Stop.Token);
            running.Status = running.Status with { Result = result };
        }
        catch (DamagedException exception)
        {
            logger.LogError(exception, "{Job} found damage", job);
            running.Status = running.Status with { Failure = exception.Message, IsDamage = true };
        }
        catch (OperationCanceledException)
        {
            // The server stops, or nobody wants it any more: nobody is told of a failure, and who asks after it at the next server begins anew.
            return;
        }
        catch (StorageException exception)
        {
            logger.LogError(exception, "{Job} could not be done", job);
            running.Status = running.Status with { Failure = exception.Message };
        }
        catch (Exception exception)
        {
            // Nobody awaits us, so a bug would go unseen, and whoever asks would ask for ever.
            logger.LogCritical(exception, "{Job} broke off", job);
            running.Status = running.Status with { Failure = "it broke off; the server's log has the particulars" };
        }

        running.EndedAt = time.GetTimestamp();
    }

    private async Task<JobResult> RunAsync(NodeJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken) => job switch
    {
        BackUpJob backUp => await takeBackup.RunAsync(backUp.Copy, onProgress, cancellationToken),
        VerifyJob verification => await verify.RunAsync(verification, onProgress, cancellationToken),
        RehearseJob rehearsal => await rehearse.RunAsync(rehearsal.Copy, onProgress, cancellationToken),
        LoadJob loading => await load.RunAsync(loading, onProgress, cancellationToken),
        StoreImportJob storing => await store.RunAsync(storing.Target, onProgress, cancellationToken),
        RestoreJob restoration => await restore.RunAsync(restoration, onProgress, cancellationToken),
        ExportJob wanted => await export.RunAsync(wanted, onProgress, cancellationToken),
        OffSiteJob => await offSite.RunAsync(onProgress, cancellationToken),
        ListSpareBackupsJob => listSpare.Run(cancellationToken),
        RemoveBackupJob unneeded => await remove.RunAsync(unneeded.Copy, unneeded.Directory, cancellationToken),
        _ => throw new NotSupportedException($"{job.GetType().Name} is not known to this node."),
    };

    private void Forget()
    {
        foreach (var (id, running) in _jobs)
        {
            if (running.EndedAt is { } endedAt && time.GetElapsedTime(endedAt) > KeptFor)
                Dismiss(id);
        }
    }

    private sealed class Running(CancellationTokenSource stop)
    {
        private volatile JobStatus _status = new(new JobProgress("beginning"));

        public CancellationTokenSource Stop { get; } = stop;

        public JobStatus Status
        {
            get => _status;
            set => _status = value;
        }

        public long? EndedAt { get; set; }
    }
}
