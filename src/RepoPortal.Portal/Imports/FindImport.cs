using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>What a repository's page tells of its import, to those who manage it.</summary>
/// <param name="Task">The latest attempt.</param>
/// <param name="From">Where the history comes from, in words.</param>
/// <param name="UserName">Whose password has to be given again to go on; null for nobody's.</param>
public sealed record ImportView(TaskView Task, string From, string? UserName);

/// <summary>Finds the latest attempt to import into a repository that the actor is known to be allowed to manage.</summary>
internal sealed class FindImport(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <returns>Null when it never was to be imported.</returns>
    internal async Task<ImportView?> ExecuteAsync(RepositoryId repository, RepositoryName name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.LastImportAsync(repository, cancellationToken) is not { } task)
            return null;
        var origin = ImportParameters.Of(task).Origin;
        return new ImportView(TaskView.Of(task, name, time.GetUtcNow()), origin.Words, origin.UserName);
    }
}
