using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Backups;

/// <summary>Does what the clock wants done: backups, verifications, rehearsals.</summary>
internal sealed class UpkeepHandler(IDbContextFactory<RecordContext> contexts, NodeWork work, BackupOutcomes outcomes) : ITaskHandler
{
    public bool Does(TaskKind kind) => TaskLanes.Of(kind) is TaskLane.Backups or TaskLane.Checks;

    public async Task<Outcome<string>> RunAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Copies.AsNoTracking().SingleOrDefaultAsync(copy => copy.RepositoryId == task.RepositoryId && copy.Role == CopyRole.Primary, cancellationToken) is not { } primary)
            return Refusal.Gone("The repository is gone.");
        var status = await work.RunAsync(primary.NodeName, task.Id, JobOf(task.Kind, primary.Key), progress, cancellationToken);
        return status.Result is { } result
            ? await NoteAsync(task, result, cancellationToken)
            : await NoteFailureAsync(task, status, cancellationToken);
    }

    private static NodeJob JobOf(TaskKind kind, RepositoryCopy copy) => kind switch
    {
        TaskKind.BackUp => new BackUpJob(copy),
        TaskKind.VerifyBackup => new VerifyJob(copy, VerificationSubject.Backup, MetadataOnly: false),
        TaskKind.VerifyOriginal => new VerifyJob(copy, VerificationSubject.Original, MetadataOnly: false),
        TaskKind.CheckBackup => new VerifyJob(copy, VerificationSubject.Backup, MetadataOnly: true),
        TaskKind.CheckOriginal => new VerifyJob(copy, VerificationSubject.Original, MetadataOnly: true),
        TaskKind.Rehearse => new RehearseJob(copy),
        _ => throw new NotSupportedException($"'{kind}' is no upkeep."),
    };

    private async Task<Outcome<string>> NoteAsync(PortalTask task, JobResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case BackUpResult backup:
                await outcomes.BackedUpAsync(task.RepositoryId, backup, cancellationToken);
                return $"Backed up to {Format.Revision(backup.Revision)}: {Format.Count(backup.NewRevisions, "new revision", "new revisions")}."
                    + (backup.Remade is { } reason ? $" The backup before was set aside: {reason}." : "");
            case VerifyResult { Damage: null } whole when task.Kind is TaskKind.CheckBackup or TaskKind.CheckOriginal:
                return $"Structure and indexes up to {Format.Revision(whole.Revision)} are whole.";
            case VerifyResult verified when task.Kind is TaskKind.VerifyBackup or TaskKind.CheckBackup:
                await outcomes.BackupVerifiedAsync(task.RepositoryId, verified, cancellationToken);
                return Say(verified, "The backup is set aside and made anew.");
            case VerifyResult verified:
                await outcomes.OriginalVerifiedAsync(task.RepositoryId, verified, cancellationToken);
                return Say(verified, "An administrator has to restore the repository in place.");
            case RestoreResult rehearsed:
                await outcomes.RehearsedAsync(task.RepositoryId, rehearsed, cancellationToken);
                return $"A whole repository came back, {Format.Revision(rehearsed.Revision)}, in {Format.Took(rehearsed.Took)}.";
            default:
                throw new NotSupportedException($"'{result.GetType().Name}' is not expected of '{task.Kind}'.");
        }
    }

    private static Outcome<string> Say(VerifyResult verified, string consequence) => verified.Damage is { } damage
        ? Refusal.Conflict($"Damaged: {damage}. {consequence}")
        : $"Every revision up to {Format.Revision(verified.Revision)} is whole and is what was committed.";

    private async Task<Refusal> NoteFailureAsync(PortalTask task, JobStatus status, CancellationToken cancellationToken)
    {
        var reason = status.Failure!;
        await (task.Kind switch
        {
            TaskKind.BackUp when status.IsDamage => outcomes.DamagedAsync(task.RepositoryId, reason, cancellationToken),
            TaskKind.BackUp => outcomes.BackupFailedAsync(task.RepositoryId, reason, cancellationToken),
            TaskKind.VerifyBackup => outcomes.VerificationFailedAsync(task.RepositoryId, VerificationSubject.Backup, reason, cancellationToken),
            TaskKind.VerifyOriginal => outcomes.VerificationFailedAsync(task.RepositoryId, VerificationSubject.Original, reason, cancellationToken),
            // What keeps it from being looked at keeps it from being backed up and read, too, and is told there.
            TaskKind.CheckBackup or TaskKind.CheckOriginal => Task.CompletedTask,
            _ => outcomes.RehearsalFailedAsync(task.RepositoryId, reason, cancellationToken),
        });
        return Refusal.Conflict(reason);
    }
}
