using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>
/// Brings indexes up to the repositories, a step of one and then a step of another, so that a large import keeps nobody's commit waiting; and rests as long as it works. What nobody
/// told it about, because a server ended, a node was away or a copy was replaced, it finds by comparing once a minute.
/// </summary>
internal sealed partial class SearchIndexing(
    IDbContextFactory<RecordContext> contexts, ISearchIndex index, IndexRepository repositories, SearchQueue queue, IHostApplicationLifetime host, TimeProvider time,
    ILogger<SearchIndexing> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RepositoryId, (int Generation, long Youngest)> _done = [];

    /// <summary>Before anybody can ask it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await index.PrepareAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await host.StartedAsync(stoppingToken);
        await Task.WhenAll(host.RepeatAsync(Period, CompareAsync, time, logger, stoppingToken), WorkAsync(stoppingToken));
    }

    /// <summary>Finds what is behind, and what is left of repositories that are gone.</summary>
    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        // Somebody may have thrown it away meanwhile.
        await index.PrepareAsync(cancellationToken);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var gone = (await index.ListAsync(cancellationToken)).ToHashSet();
        var rows = record.Copies.Where(copy => copy.Role == Copies.CopyRole.Primary)
            .Join(record.Repositories, copy => copy.RepositoryId, row => row.Id, (copy, row) => new { row.Id, row.State, row.Youngest, copy.Generation })
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var isIndexed = gone.Remove(row.Id);
            if (row.State != RepositoryState.Ready || (isIndexed && IsDone(row.Id, row.Generation, row.Youngest)))
                continue;
            Note(row.Id, row.Generation, row.Youngest);
            queue.Add(row.Id);
        }

        foreach (var id in gone)
            queue.Add(id);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var id = await queue.TakeAsync(cancellationToken);
            var began = time.GetTimestamp();
            try
            {
                if (await repositories.TakeStepAsync(id, cancellationToken))
                    queue.Add(id);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // a node or a database that is away now is there at a later comparison
            {
                LogInterrupted(exception, id);
                Forget(id);
            }

            await Task.Delay(time.GetElapsedTime(began), time, cancellationToken);
        }
    }

    private bool IsDone(RepositoryId id, int generation, long youngest)
    {
        lock (_done)
            return _done.TryGetValue(id, out var done) && done == (generation, youngest);
    }

    private void Note(RepositoryId id, int generation, long youngest)
    {
        lock (_done)
            _done[id] = (generation, youngest);
    }

    private void Forget(RepositoryId id)
    {
        lock (_done)
            _done.Remove(id);
    }

    [LoggerMessage(LogLevel.Warning, "repository {Repository} could not be indexed for searches; it is tried again")]
    private partial void LogInterrupted(Exception exception, RepositoryId repository);
}
