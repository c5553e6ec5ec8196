using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Access;

/// <summary>Brings access files to the disk.</summary>
/// <remarks>
/// Until the file of a repository's latest access version is on the disk the repository is not served: <see cref="AccessDirectoryGrain"/> hands out no route
/// before. So nobody reads by old rules, and a node that is away delays a change but never loses it.
/// </remarks>
internal sealed class AccessFiles(IDbContextFactory<RecordContext> contexts, IGrainFactory grains, TimeProvider time)
{
    /// <summary>The file as the record would have it now; in that of an archived repository nobody may write. The repository must have been read with <see cref="RepositoryQueries.WithAccess"/>.</summary>
    internal static AccessFile Render(Repository repository, DateTimeOffset now) =>
        new(repository.AccessVersion, AccessFileText.Render(AccessModel.Of(repository, now), isReadOnly: repository.ArchivedAt is not null));

    /// <summary>
    /// Writes the file first if the one on the disk is behind what was read: for whoever is about to have content read on somebody's behalf, since the node
    /// decides by the file.
    /// </summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    internal Task EnsureWrittenAsync(Repository repository, CancellationToken cancellationToken) =>
        repository.PublishedAccessVersion < repository.AccessVersion ? PublishAsync(repository.Id, cancellationToken) : Task.CompletedTask;

    /// <summary>Writes the file if the one on the disk is older; done when it is there. Nothing to do for a repository that is not served.</summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    internal async Task PublishAsync(RepositoryId id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ReadAsync(record, id, cancellationToken) is not { State: RepositoryState.Ready, Primary: { } primary } repository)
            return;
        var file = Render(repository, time.GetUtcNow());
        await grains.GetGrain<IStorageNodeGrain>(primary.NodeName).WriteAccessFile(primary.Key, file, cancellationToken);
        await record.Repositories.Where(row => row.Id == repository.Id && row.PublishedAccessVersion < file.Version)
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.PublishedAccessVersion, file.Version), cancellationToken);
    }

    /// <summary>As of one moment, so that version, members and rules belong together.</summary>
    private static Task<Repository?> ReadAsync(RecordContext record, RepositoryId id, CancellationToken cancellationToken) => record.AsOfOneMomentAsync(
        () => record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution()
            .SingleOrDefaultAsync(row => row.Id == id && row.PublishedAccessVersion < row.AccessVersion, cancellationToken),
        cancellationToken);
}
