using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.Portal.Tasks;

/// <summary>Writes down how far a task is, often enough to be looked at and seldom enough not to be felt.</summary>
internal sealed class TaskProgress(IDbContextFactory<RecordContext> contexts, Guid task, TimeProvider time)
{
    /// <summary>For how long a server that works on a task is believed to live after it last said so.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    private string _phase = "";
    private DateTimeOffset _phaseStartedAt;
    private DateTimeOffset _writtenAt = time.GetUtcNow();

    /// <summary>Tells it; to be called every second or more often, because it also renews the lease.</summary>
    /// <exception cref="TaskGivenUpException">Nobody wants it any more.</exception>
    internal async Task TellAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (progress.Phase != _phase)
            (_phase, _phaseStartedAt) = (progress.Phase, now);
        // In either direction: a clock that was put back is not waited for.
        if ((now - _writtenAt).Duration() < WriteEvery)
            return;
        _writtenAt = now;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await record.Tasks.SingleOrDefaultAsync(row => row.Id == task, cancellationToken);
        if (row is { IsOver: true })
            throw new TaskGivenUpException();
        if (row is not { State: TaskState.Running })
            return;
        (row.Phase, row.Done, row.Total, row.PhaseStartedAt, row.LeaseUntil) = (progress.Phase, progress.Done, progress.Total, _phaseStartedAt, now + Lease);
        if (row.FirstEstimate is null && TaskSpeed.Of(row, now).Remaining is { } remaining)
            row.FirstEstimate = now + remaining;
        await record.SaveChangesAsync(cancellationToken);
    }

    /// <summary>To be called before something is made of what was done.</summary>
    /// <exception cref="TaskGivenUpException">Nobody wants it any more.</exception>
    internal async Task RequireWantedAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Tasks.AnyAsync(row => row.Id == task && (row.State == TaskState.Done || row.State == TaskState.Failed), cancellationToken))
            throw new TaskGivenUpException();
    }
}
