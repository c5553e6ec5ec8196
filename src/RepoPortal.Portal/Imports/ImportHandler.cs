using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Shell;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>Has history loaded into a repository, and opens it. Loading and serving are two jobs, because between them it is decided what the repository's UUID is.</summary>
internal sealed class ImportHandler(
    IDbContextFactory<RecordContext> contexts, NodeWork work, ImportSecrets secrets, AccessChanges changes, IGrainFactory grains, TimeProvider time) : ITaskHandler
{
    // A grain's call is answered within half a minute, and a node reads more revisions than these in that time.
    private const long CommitsAtOnce = 2000;

    public bool Does(TaskKind kind) => kind == TaskKind.Import;

    public async Task<Outcome<string>> RunAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportAsync(task, progress, cancellationToken);
        }
        catch (TaskGivenUpException)
        {
            secrets.Forget(task.Id);
            throw;
        }
    }

    private async Task<Outcome<string>> ImportAsync(PortalTask task, TaskProgress progress, CancellationToken cancellationToken)
    {
        var parameters = ImportParameters.Of(task);
        if (await ReadAsync(task.RepositoryId, cancellationToken) is not { State: RepositoryState.Importing or RepositoryState.Ready, Primary: { } primary } repository)
            return Refusal.Gone("The repository is gone.");
        if (repository.State == RepositoryState.Importing && await LoadAsync(task, parameters, repository, primary, progress, cancellationToken) is { } failure)
            return await GiveUpAsync(task, parameters.Origin.ForOwners(failure));
        // A server may have ended between opening it and this.
        var youngest = (await grains.GetGrain<IStorageNodeGrain>(primary.NodeName).Measure(primary.Key, cancellationToken)).Youngest;
        await ReadCommitsAsync(repository.Id, youngest, progress, cancellationToken);
        await DropUploadAsync(parameters, primary, cancellationToken);
        secrets.Forget(task.Id);
        return Say(await ReadRemarksAsync(task, cancellationToken), Format.Count(youngest, "revision", "revisions"));
    }

    private static string Say(ImportParameters parameters, string revisions) => parameters switch
    {
        { KeepsWhatIsThere: true } => $"Serves the {revisions} that were whole.",
        { Origin.Directory: not null } => $"Adopted {parameters.Origin.OwnersWords} with {revisions}. Its own hooks and settings are set aside within it, in 'repoportal', and not used.",
        { Remarks: { Length: > 0 } remarks } => $"Imported {revisions} from {parameters.Origin.OwnersWords}. {remarks}",
        _ => $"Imported {revisions} from {parameters.Origin.OwnersWords}.",
    };

    /// <returns>Why it could not be done; null when the repository is open.</returns>
    private async Task<string?> LoadAsync(
        PortalTask task, ImportParameters parameters, Repository repository, Copy primary, TaskProgress progress, CancellationToken cancellationToken)
    {
        if (!parameters.KeepsWhatIsThere)
        {
            if (parameters.Origin.UserName is not null && secrets.Find(task.Id) is null)
                return "The password is not there any more: the server was started anew, and passwords are written down nowhere. Give it again and continue.";
            var job = new LoadJob(primary.Key, parameters.Origin.ToSource(secrets.Find(task.Id)), parameters.Authors, repository.EffectiveQuota);
            var loaded = await work.RunAsync(primary.NodeName, task.Id, job, progress, cancellationToken);
            if (loaded.Result is not LoadResult result)
                return loaded.Failure!;
            await TakeUuidAsync(repository.Id, result.Uuid, cancellationToken);
            await KeepRemarksAsync(task, parameters with { Remarks = result.Remarks }, cancellationToken);
            // With the UUID that was decided on, and what was changed about access meanwhile.
            repository = (await ReadAsync(repository.Id, cancellationToken))!;
        }

        var stored = await work.RunAsync(primary.NodeName, task.Id, new StoreImportJob(Request(repository, primary)), progress, cancellationToken);
        if (stored.Result is not StoreImportResult served)
            return stored.Failure!;
        await Settlement.ReadyAsync(contexts, repository, served.Found, time.GetUtcNow(), cancellationToken);
        await changes.PublishAsync(repository.Id);
        return null;
    }

    // Where they outlive a server that ends between loading and the end of the task. A copy that is stored already has none to tell.
    private async Task KeepRemarksAsync(PortalTask task, ImportParameters parameters, CancellationToken cancellationToken)
    {
        if (parameters.Remarks.Length == 0)
            return;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        await record.Tasks.Where(row => row.Id == task.Id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.Parameters, parameters.ToJson()), cancellationToken);
    }

    private async Task<ImportParameters> ReadRemarksAsync(PortalTask task, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return ImportParameters.Of(await record.Tasks.AsNoTracking().SingleAsync(row => row.Id == task.Id, cancellationToken));
    }

    private async Task DropUploadAsync(ImportParameters parameters, Copy primary, CancellationToken cancellationToken)
    {
        if (parameters.Origin.Upload is not { } upload)
            return;
        await grains.GetGrain<IStorageNodeGrain>(primary.NodeName).DropUpload(upload);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        await record.Uploads.Where(row => row.Id == upload).ExecuteDeleteAsync(cancellationToken);
    }

    private Task<Repository?> ReadAsync(RepositoryId id, CancellationToken cancellationToken) => contexts.UndisturbedAsync(
        record => record.AsOfOneMomentAsync(
            () => record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().SingleOrDefaultAsync(row => row.Id == id, cancellationToken), cancellationToken),
        cancellationToken);

    private ProvisionRequest Request(Repository repository, Copy primary) => new(
        primary.Key,
        repository.Name,
        repository.Uuid,
        repository.Layout,
        repository.Creator,
        repository.CreatedAt,
        AccessFiles.Render(repository, time.GetUtcNow()),
        new CopyQuota(repository.QuotaVersion, repository.EffectiveQuota));

    // Working copies of the source know it by its UUID and are relocated. Two repositories here never have the same one, which a unique index decides.
    private Task<int> TakeUuidAsync(RepositoryId id, Guid? uuid, CancellationToken cancellationToken) => contexts.UndisturbedAsync(
        async record =>
        {
            if (uuid is not { } wanted || await record.Repositories.AnyAsync(row => row.Uuid == wanted, cancellationToken))
                return 0;
            var repository = await record.Repositories.SingleAsync(row => row.Id == id, cancellationToken);
            repository.Uuid = wanted;
            return await record.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    private async Task ReadCommitsAsync(RepositoryId id, long youngest, TaskProgress progress, CancellationToken cancellationToken)
    {
        var driver = grains.GetGrain<IRepositoryGrain>(id.Value);
        for (var last = Math.Min(CommitsAtOnce, youngest); ; last = Math.Min(last + CommitsAtOnce, youngest))
        {
            await progress.TellAsync(new JobProgress("reading what was committed"), cancellationToken);
            await driver.CommitSeen(last);
            if (last == youngest)
                break;
        }

        await driver.Settle(CancellationToken.None);
    }

    private async Task<Refusal> GiveUpAsync(PortalTask task, string reason)
    {
        secrets.Forget(task.Id);
        await Settlement.FailedAsync(contexts, task.RepositoryId, RepositoryState.Importing, reason, time.GetUtcNow(), CancellationToken.None);
        await changes.PublishAsync(task.RepositoryId);
        return Refusal.Conflict(reason);
    }
}
