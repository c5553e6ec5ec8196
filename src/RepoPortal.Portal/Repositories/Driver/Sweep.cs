using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>
/// Looks for what nobody is working on: rows and names that are not settled, because a server died between promise and deed, and those whose node does not know
/// their quota yet; and, when a node has started, commits
/// that nobody told the record about.
/// </summary>
internal sealed partial class Sweep(
    IDbContextFactory<RecordContext> contexts, IGrainFactory grains, IHostApplicationLifetime host, TimeProvider time, ILogger<Sweep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    // Enough to keep a disk busy, little enough to leave it to the people.
    private const int Parallel = 4;
    private const int Batch = 500;

    private readonly Dictionary<string, DateTimeOffset> _comparedSince = new(StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        await SettleAsync(stoppingToken);
        await CompareAsync(stoppingToken);
    }

    /// <summary>Wakes the driver of every row that is not settled. One that has to wait does not keep the others from their turn.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await record.Repositories
            .Where(repository => repository.State == RepositoryState.Provisioning || repository.State == RepositoryState.Purging)
            .OrderBy(repository => repository.Name)
            .Select(repository => repository.Id)
            .ToListAsync(cancellationToken);
        var named = await record.Names
            .Where(claim => claim.State != NameState.Served)
            .Join(record.Repositories.Where(row => row.State == RepositoryState.Ready), claim => claim.RepositoryId, row => row.Id, (_, row) => row.Id)
            .ToListAsync(cancellationToken);
        ids.AddRange(await record.Repositories
            .Where(repository => repository.QuotaPending && repository.State == RepositoryState.Ready)
            .OrderBy(repository => repository.Name)
            .Select(repository => repository.Id)
            .ToListAsync(cancellationToken));
        await InParallelAsync(ids.Union(named), SettleAsync, cancellationToken);
    }

    /// <summary>Compares every repository of a node that has started since the last look with what the record knows.</summary>
    internal async Task CompareAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var node in await record.Nodes.AsNoTracking().ToListAsync(cancellationToken))
        {
            if (_comparedSince.TryGetValue(node.Name, out var since) && since == node.StartedAt)
                continue;
            await CompareAsync(node.Name, cancellationToken);
            _comparedSince[node.Name] = node.StartedAt;
        }
    }

    private async Task CompareAsync(string node, CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        while (true)
        {
            await using var record = await contexts.CreateDbContextAsync(cancellationToken);
            var known = await record.Copies
                .Where(copy => copy.NodeName == node && copy.Role == CopyRole.Primary && copy.Id > after)
                .OrderBy(copy => copy.Id)
                .Take(Batch)
                .Join(record.Repositories, copy => copy.RepositoryId, row => row.Id, (copy, row) => new Known(copy, row.State, row.Youngest, row.SizeBytes))
                .AsNoTracking()
                .ToListAsync(cancellationToken);
            if (known.Count == 0)
                return;
            await InParallelAsync(known.Where(row => row.State == RepositoryState.Ready), CompareAsync, cancellationToken);
            after = known.Max(row => row.Copy.Id);
        }
    }

    private async ValueTask SettleAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IRepositoryGrain>(id.Value).Settle(cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogWaiting(exception, id);
        }
    }

    private async ValueTask CompareAsync(Known known, CancellationToken cancellationToken)
    {
        var id = known.Copy.RepositoryId;
        try
        {
            var found = await grains.GetGrain<IStorageNodeGrain>(known.Copy.NodeName).Measure(known.Copy.Key, cancellationToken);
            if (found.Youngest > known.Youngest)
                await grains.GetGrain<IRepositoryGrain>(id.Value).CommitSeen(found.Youngest);
            if (found.SizeBytes == known.SizeBytes)
                return;
            await using var record = await contexts.CreateDbContextAsync(cancellationToken);
            await record.Repositories.Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(repository => repository.SizeBytes, found.SizeBytes), cancellationToken);
        }
        catch (StorageException exception)
        {
            LogUnreadable(exception, id);
        }
    }

    private static Task InParallelAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, work);

    private sealed record Known(Copy Copy, RepositoryState State, long Youngest, long SizeBytes);

    [LoggerMessage(LogLevel.Debug, "repository {Repository} has to wait")]
    private partial void LogWaiting(Exception exception, RepositoryId repository);

    [LoggerMessage(LogLevel.Error, "repository {Repository} cannot be measured")]
    private partial void LogUnreadable(Exception exception, RepositoryId repository);
}
