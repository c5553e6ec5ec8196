using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>What a repository's page tells of its import.</summary>
/// <param name="Task">The latest attempt.</param>
/// <param name="From">Where the history comes from, in words for whoever looks.</param>
/// <param name="UserName">Whose password has to be given again to go on; null for nobody's.</param>
/// <param name="Whole">The youngest revision that is whole; null while it goes on, and when the node does not answer.</param>
public sealed record ImportView(TaskView Task, string From, string? UserName, long? Whole)
{
    /// <summary>Whether there is something to be content with, as far as anybody knows.</summary>
    internal bool HasSomething => Whole is not 0;
}

/// <summary>Finds the latest attempt to import into a repository that the actor is known to be allowed to see.</summary>
internal sealed partial class FindImport(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, TimeProvider time, ILogger<FindImport> logger)
{
    /// <returns>Null when it never was to be imported.</returns>
    internal async Task<ImportView?> ExecuteAsync(RepositoryId repository, RepositoryName name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.LastImportAsync(repository, cancellationToken) is not { } task)
            return null;
        var origin = ImportParameters.Of(task).Origin;
        var copy = await record.Copies.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == repository && row.Role == CopyRole.Primary, cancellationToken);
        var whole = task.IsOver && copy is not null ? await MeasureAsync(copy, cancellationToken) : null;
        return new ImportView(TaskView.Of(task, name, time.GetUtcNow()), actor.IsAdministrator ? origin.Words : origin.OwnersWords, origin.UserName, whole);
    }

    private async Task<long?> MeasureAsync(Copy copy, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.GetGrain<IStorageNodeGrain>(copy.NodeName).MeasureImport(copy.Key, cancellationToken);
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            LogUnknown(exception, copy.RepositoryId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "nobody can say what is whole of the import into {Repository}")]
    private partial void LogUnknown(Exception exception, RepositoryId repository);
}
