using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>A repository in the trash.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it was for; may be empty.</param>
/// <param name="SizeBytes">Everything stored for it.</param>
/// <param name="DeletedAt">When it was deleted.</param>
/// <param name="DeletedBy">By whom, as the audit names them.</param>
/// <param name="GoneAt">Until when it can be taken back.</param>
/// <param name="IsBeingRemoved">True when that time is over.</param>
public sealed record TrashedRepository(
    RepositoryName Name, string Description, long SizeBytes, DateTimeOffset DeletedAt, string DeletedBy, DateTimeOffset GoneAt, bool IsBeingRemoved);

/// <summary>Lists the deleted repositories that somebody can take back, those first that go first: their own, for administrators all.</summary>
internal sealed class ListTrash(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<IReadOnlyList<TrashedRepository>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var trashed = record.Repositories.AsNoTracking().Where(row => row.GoneAt != null);
        if (!actor.IsAdministrator)
        {
            var owned = record.Grants(time.GetUtcNow()).Where(grant => grant.UserId == actor.UserId && grant.Access == AccessLevel.Owner).Select(grant => grant.RepositoryId);
            trashed = trashed.Where(row => owned.Contains(row.Id));
        }

        var rows = await trashed.OrderBy(row => row.GoneAt).ThenBy(row => row.Name).ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => actor.MayReach(row.Id)).Select(row => new TrashedRepository(
                row.Name, row.Description, row.SizeBytes, row.DeletedAt!.Value, row.DeletedBy!, row.GoneAt!.Value, row.State == RepositoryState.Purging)),
        ];
    }
}
