using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Repositories.Search;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Drives one repository to what its row says. Every step may run again: after a crash the next call finds out how far things came.</summary>
internal sealed partial class RepositoryGrain(
    IDbContextFactory<RecordContext> contexts, AccessChanges changes, SearchQueue search, TimeProvider time, ILogger<RepositoryGrain> logger)
    : Grain, IRepositoryGrain, IRemindable
{
    private const string Reminder = "settle";

    // The shortest that Orleans allows. The sweep looks more often; the reminder holds when its server is gone.
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly Placement _placement = new(contexts, time);
    private readonly CommitIntake _commits = new(contexts, time);
    private readonly ServedNames _names = new(contexts, changes);
    private readonly QuotaDriver _quotas = new(contexts, time);
    private bool _isReminded;

    private RepositoryId Id => new(this.GetPrimaryKey());

    public async Task Settle(CancellationToken cancellationToken)
    {
        var isSettled = false;
        try
        {
            isSettled = await SettleAsync(cancellationToken) && await BringQuotaAsync(cancellationToken);
        }
        finally
        {
            await RemindAsync(!isSettled);
        }
    }

    public async Task CommitSeen(long youngest)
    {
        await using var record = await contexts.CreateDbContextAsync();
        if (await record.Repositories.AsNoTracking().Include(row => row.Copies).SingleOrDefaultAsync(row => row.Id == Id) is { Primary: { } primary } repository)
            await _commits.FetchAsync(repository, primary.Key, GrainFactory.GetGrain<IStorageNodeGrain>(primary.NodeName), youngest);
        search.Add(Id);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _isReminded = true;
        return Settle(CancellationToken.None);
    }

    /// <returns>False when it has to be tried again.</returns>
    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        if (await _placement.FindOrChooseAsync(Id, cancellationToken) is not { } repository)
            return true;
        return repository switch
        {
            { State: RepositoryState.Provisioning } => await ProvisionAsync(repository, cancellationToken),
            { State: RepositoryState.Ready, Primary: { } primary } =>
                await TryAsync(repository, () => _names.SettleAsync(Id, primary, GrainFactory.GetGrain<IStorageNodeGrain>(primary.NodeName), cancellationToken)),
            { State: RepositoryState.Purging } => await TryAsync(repository, () => PurgeAsync(repository, cancellationToken)),
            _ => true,
        };
    }

    private async Task PurgeAsync(Repository repository, CancellationToken cancellationToken)
    {
        await new Purge(contexts, GrainFactory).RunAsync(repository, cancellationToken);
        search.Add(Id);
    }

    private async Task<bool> TryAsync(Repository repository, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (StorageException exception)
        {
            LogRefused(exception, repository.Name, repository.State);
            return false;
        }
    }

    private async Task<bool> ProvisionAsync(Repository repository, CancellationToken cancellationToken)
    {
        if (repository.Primary is not { } primary)
        {
            LogNoNode(repository.Name);
            return false;
        }

        var node = GrainFactory.GetGrain<IStorageNodeGrain>(primary.NodeName);
        try
        {
            var found = await node.Provision(
                new ProvisionRequest(
                    primary.Key,
                    repository.Name,
                    repository.Uuid,
                    repository.Layout,
                    repository.Creator,
                    repository.CreatedAt,
                    AccessFiles.Render(repository, time.GetUtcNow()),
                    new CopyQuota(repository.QuotaVersion, repository.EffectiveQuota)),
                cancellationToken);
            await _commits.FetchAsync(repository, primary.Key, node, found.Youngest);
            await Settlement.ReadyAsync(contexts, repository, found, time.GetUtcNow(), cancellationToken);
            search.Add(Id);
        }
        catch (StorageException exception)
        {
            LogFailed(exception, repository.Name);
            await DiscardAsync(node, primary.Key, repository.Name);
            await Settlement.FailedAsync(contexts, Id, RepositoryState.Provisioning, exception.Message, time.GetUtcNow(), cancellationToken);
        }

        await changes.PublishAsync(repository.Id);
        return true;
    }

    /// <returns>False when it has to be tried again.</returns>
    private async Task<bool> BringQuotaAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var repository = await record.Repositories.AsNoTracking().Include(row => row.Tier).Include(row => row.Copies)
            .SingleOrDefaultAsync(row => row.Id == Id && row.QuotaPending, cancellationToken);
        if (repository is null)
            return true;
        try
        {
            await _quotas.BringAsync(repository, node => GrainFactory.GetGrain<IStorageNodeGrain>(node), cancellationToken);
            return true;
        }
        catch (StorageException exception)
        {
            LogNoQuota(exception, repository.Name);
            return false;
        }
    }

    private async Task DiscardAsync(IStorageNodeGrain node, RepositoryCopy copy, RepositoryName name)
    {
        try
        {
            await node.Discard(copy, name, CancellationToken.None);
        }
        catch (StorageException exception)
        {
            // The disk that could not take the repository may not let go of it either; the node's janitor and the next attempt do.
            LogNotDiscarded(exception, name);
        }
    }

    private async Task RemindAsync(bool isNeeded)
    {
        if (isNeeded == _isReminded)
            return;
        if (isNeeded)
            await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        else if (await this.GetReminder(Reminder) is { } reminder)
            await this.UnregisterReminder(reminder);
        _isReminded = isNeeded;
    }

    [LoggerMessage(LogLevel.Warning, "repository {Repository} waits: no storage node is up")]
    private partial void LogNoNode(RepositoryName repository);

    [LoggerMessage(LogLevel.Error, "repository {Repository} could not be created")]
    private partial void LogFailed(Exception exception, RepositoryName repository);

    [LoggerMessage(LogLevel.Error, "the disk of repository {Repository}, which is {State}, cannot be brought to what the record says; it is tried again")]
    private partial void LogRefused(Exception exception, RepositoryName repository, RepositoryState state);

    [LoggerMessage(LogLevel.Error, "the node of repository {Repository} cannot be told how much it may hold; it is tried again")]
    private partial void LogNoQuota(Exception exception, RepositoryName repository);

    [LoggerMessage(LogLevel.Warning, "what was left of repository {Repository} could not be removed")]
    private partial void LogNotDiscarded(Exception exception, RepositoryName repository);
}
