using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>Brings content back, and opens the repository that it belongs to.</summary>
internal sealed class RestoreHandler(
    IDbContextFactory<RecordContext> contexts, NodeWork work, BackupOutcomes outcomes, AccessChanges changes, IGrainFactory grains, TimeProvider time) : ITaskHandler
{
    public bool Does(TaskKind kind) => kind is TaskKind.Restore or TaskKind.RestoreInPlace;

    public async Task<Outcome<string>> RunAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken)
    {
        var parameters = RestoreParameters.Of(task);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var targetId = new RepositoryId(parameters.Target);
        var target = await record.AsOfOneMomentAsync(
            () => record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().SingleOrDefaultAsync(row => row.Id == targetId, cancellationToken), cancellationToken);
        if (target is not { State: RepositoryState.Restoring, Primary: { } primary })
            return target is { State: RepositoryState.Ready or RepositoryState.Deleted } ? "It was done before." : Refusal.Gone("The repository is gone.");
        var source = await record.Copies.AsNoTracking().SingleAsync(copy => copy.RepositoryId == task.RepositoryId && copy.Role == CopyRole.Primary, cancellationToken);

        long? wanted = parameters.Revision == RestoreParameters.AsFarAsPossible ? null : parameters.Revision;
        if (wanted is not null && await BackUpFirstAsync(task, source, parameters.Revision, progress, cancellationToken) is { } refusal)
            return await GiveUpAsync(task, target, refusal, cancellationToken);
        if (task.Kind == TaskKind.RestoreInPlace && wanted is { } last && await FindGivenOutAsync(target, source, cancellationToken) is { } youngest && youngest > parameters.ContinueAbove)
        {
            if (!parameters.GivesUpLater)
                return await GiveUpAsync(task, target, $"More was committed meanwhile, and nothing was changed. {RestoreInPlace.Lost(last, youngest)}", cancellationToken);
            parameters = parameters with { ContinueAbove = youngest };
        }

        var request = new ProvisionRequest(
            new RepositoryCopy(target.Id, parameters.Generation), target.Name, target.Uuid, target.Layout, target.Creator, target.CreatedAt, AccessFiles.Render(target, time.GetUtcNow()));
        var status = await work.RunAsync(primary.NodeName, task.Id, new RestoreJob(source.Key, wanted, request, parameters.ContinueAbove), progress, cancellationToken);
        if (status.Result is not RestoreResult restored)
            return await GiveUpAsync(task, target, status.Failure!, cancellationToken);
        await contexts.UndisturbedAsync(attempt => OpenAsync(attempt, target.Id, parameters, restored, request.AccessFile.Version, cancellationToken), cancellationToken);
        await changes.PublishAsync(target.Id);
        var driver = grains.GetGrain<IRepositoryGrain>(target.Id.Value);
        await driver.CommitSeen(restored.Found!.Youngest);
        await driver.Settle(CancellationToken.None);
        return Say(parameters, restored) + (target.GoneAt is { } end ? $" It is in the trash, as before, until {Format.Date(end)}." : "");
    }

    // The record hears of a commit a moment after whoever made it. When every gateway has closed the repository, the disk says which number was given out last.
    private async Task<long?> FindGivenOutAsync(Repository target, Copy source, CancellationToken cancellationToken)
    {
        await changes.PublishAsync(target.Id);
        try
        {
            return (await grains.GetGrain<IStorageNodeGrain>(source.NodeName).Measure(source.Key, cancellationToken)).Youngest;
        }
        catch (StorageException)
        {
            // It is lost, or too damaged to be asked: the record knows best.
            return null;
        }
    }

    // A revision that was committed since the last backup is wanted: it is in the backup in a moment.
    private async Task<string?> BackUpFirstAsync(PortalTask task, Copy source, long revision, TaskProgress progress, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var protection = await record.Protections.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == source.RepositoryId, cancellationToken);
        // Without evidence it is a restore of a whole machine: the backup is all there is.
        if (protection is null || protection.Revision >= revision)
            return null;
        var status = await work.RunAsync(source.NodeName, Guid.CreateVersion7(task.RequestedAt), new BackUpJob(source.Key), progress, cancellationToken);
        if (status.Result is not BackUpResult backup)
            return status.Failure;
        await outcomes.BackedUpAsync(source.RepositoryId, backup, cancellationToken);
        return null;
    }

    private async Task<int> OpenAsync(
        RecordContext record, RepositoryId id, RestoreParameters parameters, RestoreResult restored, long accessVersion, CancellationToken cancellationToken)
    {
        var repository = await record.Repositories.Whole().SingleAsync(row => row.Id == id, cancellationToken);
        if (repository.State != RepositoryState.Restoring)
            return 0;
        await using var whole = await record.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var primary = repository.Primary!;
        if (primary.Generation != parameters.Generation)
        {
            primary.Role = CopyRole.Retired;
            // The one index on primaries has to see the one go before the other comes.
            await record.SaveChangesAsync(cancellationToken);
            var copy = new Copy
            {
                Id = Guid.CreateVersion7(now),
                RepositoryId = id,
                NodeName = primary.NodeName,
                Generation = parameters.Generation,
                Role = CopyRole.Primary,
                Epoch = primary.Epoch + 1,
            };
            repository.Copies.Add(copy);
            record.Entry(copy).State = EntityState.Added;
        }

        // What is known of the revisions that are gone goes, and that of those in their place is read from the repository.
        await record.Commits.Where(commit => commit.RepositoryId == id && commit.Revision > restored.Revision).ExecuteDeleteAsync(cancellationToken);
        var last = await record.Commits.AsNoTracking().SingleOrDefaultAsync(commit => commit.RepositoryId == id && commit.Revision == restored.Revision, cancellationToken);
        repository.Youngest = last?.Revision ?? 0;
        (repository.LastCommitAt, repository.LastCommitAuthor) = (last?.At, last?.Author);
        repository.SizeBytes = restored.Found!.SizeBytes;
        // One that was in the trash when its machine was lost is there again.
        repository.State = repository.GoneAt is null ? RepositoryState.Ready : RepositoryState.Deleted;
        repository.FailureReason = null;
        // Written with the file of that version, which opening does not change; one changed meanwhile is written before it is served.
        if (repository.AccessVersion == accessVersion)
            repository.PublishedAccessVersion = accessVersion + 1;
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
        // Its former names still lead to what was there before, or nowhere; its driver serves them anew, and tells the node of its quota.
        foreach (var claim in await record.Names.Where(claim => claim.RepositoryId == id && claim.State != NameState.Released).ToListAsync(cancellationToken))
            claim.State = claim.Name == repository.Name ? NameState.Served : NameState.Wanted;
        repository.RenewQuota();
        await ProtectAnewAsync(record, id, parameters.Generation, now, cancellationToken);
        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.RepositoryReady, repository.Name.Value, id));
        var saved = await record.SaveChangesAsync(cancellationToken);
        await whole.CommitAsync(cancellationToken);
        return saved;
    }

    // What is known about the backup of what was there before says nothing about what is there now; only who was told of a broken promise is to be told of its end.
    private static async Task ProtectAnewAsync(RecordContext record, RepositoryId id, int generation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = await record.Protections.SingleOrDefaultAsync(row => row.RepositoryId == id, cancellationToken);
        if (before is null)
            record.Add(Protection.Begin(id, generation, now));
        else
            record.Entry(before).CurrentValues.SetValues(before.Renew(generation, now));
    }

    /// <summary>A new repository that could not be brought back has failed; one that was to be replaced is opened again as it was.</summary>
    private async Task<Refusal> GiveUpAsync(PortalTask task, Repository target, string reason, CancellationToken cancellationToken)
    {
        await contexts.UndisturbedAsync(
            async record =>
            {
                var repository = await record.Repositories.SingleAsync(row => row.Id == target.Id, cancellationToken);
                if (repository.State != RepositoryState.Restoring)
                    return 0;
                var isThere = task.Kind == TaskKind.RestoreInPlace && RestoreParameters.Of(task).Generation != target.Primary!.Generation;
                repository.State = isThere ? RepositoryState.Ready : RepositoryState.Failed;
                repository.FailureReason = isThere ? null : reason;
                repository.AccessVersion++;
                record.Add(AuditEntry.Of(time.GetUtcNow(), Actor.System, AuditAction.RepositoryFailed, repository.Name.Value, repository.Id, new { reason }));
                return await record.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        await changes.PublishAsync(target.Id);
        return Refusal.Conflict(reason);
    }

    private static string Say(RestoreParameters parameters, RestoreResult restored)
    {
        var sentence = $"Restored as of {Format.Revision(restored.Revision)} in {Format.Took(restored.Took)}.";
        if (restored.WasLoaded)
            sentence += " It was loaded revision by revision, which takes longer than copying: these revisions are packed together with later ones.";
        if (restored.Locks > 0)
            sentence += $" {Format.Count(restored.Locks, "lock", "locks")} came back with it, as of the backup.";
        if (restored.LocksLeft > 0)
            sentence += $" {Format.Count(restored.LocksLeft, "lock", "locks")} did not: locks only come back with the youngest revision of a backup.";
        return sentence + SayNumbers(parameters.ContinueAbove, restored.Revision, restored.Found!.Youngest);
    }

    /// <summary>What became of the numbers between the last revision that came back and the youngest that is there.</summary>
    private static string SayNumbers(long givenOut, long revision, long youngest)
    {
        if (youngest == revision)
            return "";
        var lost = Math.Min(givenOut, youngest);
        var known = lost > revision ? $" Revisions {Format.Plain(revision + 1)} to {Format.Plain(lost)} are lost and stay empty." : "";
        var unknown = youngest > Math.Max(lost, revision)
            ? $" Numbers up to {Format.Plain(youngest)} may have been given out to commits that nothing here knows of, and stay empty{(known.Length > 0 ? ", too" : "")}."
            : "";
        return $"{known}{unknown} The next commit becomes {Format.Plain(youngest + 1)}.";
    }
}
