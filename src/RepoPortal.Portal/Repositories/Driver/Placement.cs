using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories.Copies;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Gives a repository its primary copy, once.</summary>
internal sealed class Placement(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>The repository's row with its copies; null when there is none. Without a primary copy when no node is up.</summary>
    internal Task<Repository?> FindOrChooseAsync(RepositoryId id, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => FindOrChooseAsync(record, id, cancellationToken), cancellationToken);

    private async Task<Repository?> FindOrChooseAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken)
    {
        var repository = await record.Repositories.WithAccess().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (repository is not { State: RepositoryState.Provisioning, Primary: null }
            || await NodeChoice.ChooseAsync(record.Nodes, time.GetUtcNow(), cancellationToken) is not { } node)
        {
            return repository;
        }

        var copy = new Copy
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            RepositoryId = id,
            NodeName = node,
            Generation = 1,
            Role = CopyRole.Primary,
            Epoch = 1,
        };
        repository.Copies.Add(copy);
        record.Entry(copy).State = EntityState.Added;
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}
