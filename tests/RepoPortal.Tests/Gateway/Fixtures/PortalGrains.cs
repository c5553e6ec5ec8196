using Orleans.Configuration;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Contracts.Usage;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>The other roles' grains, as far as the gateway asks them, answering from a <see cref="PortalRecord"/>.</summary>
internal static class PortalGrains
{
    /// <summary>Takes the place of the product's grains in one silo.</summary>
    public static void Register(GrainTypeOptions grains)
    {
        Type[] interfaces = [typeof(IAccessDirectory), typeof(IAccessBroadcast), typeof(IStorageNodeGrain), typeof(IUsageIntake)];
        grains.Classes.RemoveWhere(grain => interfaces.Any(asked => asked.IsAssignableFrom(grain)));
        grains.Classes.UnionWith([typeof(DirectoryGrain), typeof(BroadcastGrain), typeof(StorageNodeGrain), typeof(UsageIntakeGrain)]);
    }
}

internal sealed class DirectoryGrain(PortalRecord record) : Grain, IAccessDirectory
{
    public Task<RepositoryRoute?> FindRepository(RepositoryName name, CancellationToken cancellationToken) =>
        Task.FromResult(record.Answer(record.Routes.GetValueOrDefault(name)));

    public Task<TokenHolder?> FindToken(TokenDigest token, CancellationToken cancellationToken) =>
        Task.FromResult(record.Answer(record.Tokens.GetValueOrDefault(token)));
}

internal sealed class UsageIntakeGrain(PortalRecord record) : Grain, IUsageIntake
{
    public Task Add(UsageBatch batch)
    {
        if (record.Away)
            throw new InvalidOperationException("the database is away");
        record.Batches.Enqueue(batch);
        return Task.CompletedTask;
    }
}

/// <summary>Keeps its gateways with the record: the activation may move when a second silo joins, and must not forget who subscribed before.</summary>
internal sealed class BroadcastGrain(PortalRecord record) : Grain, IAccessBroadcast
{
    public Task Subscribe(IAccessObserver gateway)
    {
        record.Gateways.TryAdd(gateway, gateway);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IAccessObserver gateway)
    {
        record.Gateways.TryRemove(gateway, out _);
        return Task.CompletedTask;
    }

    public Task Publish(AccessChange change) => Task.WhenAll(record.Gateways.Keys.Select(gateway => gateway.Changed(change)));
}

internal sealed class StorageNodeGrain(PortalRecord record) : Grain, IStorageNodeGrain
{
    public Task<NodeEndpoint> GetEndpoint(CancellationToken cancellationToken) => Task.FromResult(record.Endpoint());

    public Task<CopyMeasurement> Provision(ProvisionRequest request, CancellationToken cancellationToken) => throw NotAsked();

    public Task Serve(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) => throw NotAsked();

    public Task Withdraw(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) => throw NotAsked();

    public Task Discard(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) => throw NotAsked();

    public Task<CopyMeasurement> Measure(RepositoryCopy copy, CancellationToken cancellationToken) => throw NotAsked();

    public Task<System.Collections.Immutable.ImmutableArray<CommitSummary>> ReadCommits(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken) => throw NotAsked();

    public Task<DirectoryListing?> ListDirectory(RepositoryCopy copy, string path, long? revision, Reader reader, CancellationToken cancellationToken) => throw NotAsked();

    public Task<System.Collections.Immutable.ImmutableArray<RevisionSight>> ReviewRevisions(RepositoryCopy copy, System.Collections.Immutable.ImmutableArray<long> revisions, Reader reader, CancellationToken cancellationToken) => throw NotAsked();

    public Task WriteAccessFile(RepositoryCopy copy, AccessFile file, CancellationToken cancellationToken) => throw NotAsked();

    public Task SetQuota(RepositoryCopy copy, CopyQuota quota, CancellationToken cancellationToken) => throw NotAsked();

    public Task<System.Collections.Immutable.ImmutableArray<PathAccess>> CheckAccess(string accessFile, System.Collections.Immutable.ImmutableArray<AccessQuestion> questions, CancellationToken cancellationToken) => throw NotAsked();

    public Task<System.Collections.Immutable.ImmutableArray<SightChange>> GetSight(RepositoryCopy copy, Reader reader, CancellationToken cancellationToken) =>
        Task.FromResult(record.SightOf(reader));

    public Task<System.Collections.Immutable.ImmutableArray<bool?>> AreDirectories(RepositoryCopy copy, System.Collections.Immutable.ImmutableArray<PathAtRevision> paths, CancellationToken cancellationToken) => throw NotAsked();

    public Task<JobStatus> Work(Guid id, NodeJob job) => throw NotAsked();

    public Task Dismiss(Guid id) => throw NotAsked();

    public Task<System.Collections.Immutable.ImmutableArray<BackupSurvey>> SurveyBackups(System.Collections.Immutable.ImmutableArray<RepositoryCopy> copies, CancellationToken cancellationToken) => throw NotAsked();

    public Task<ExportPiece?> ReadExport(Guid export, long offset, CancellationToken cancellationToken) => throw NotAsked();

    public Task<System.Collections.Immutable.ImmutableArray<Guid>> ListExports(CancellationToken cancellationToken) => throw NotAsked();

    public Task RemoveExport(Guid export, CancellationToken cancellationToken) => throw NotAsked();

    public Task<long> MeasureImport(RepositoryCopy copy, CancellationToken cancellationToken) => throw NotAsked();

    public Task<long> ReceiveUpload(UploadPiece piece, CancellationToken cancellationToken) => throw NotAsked();

    public Task<long> MeasureUpload(Guid upload) => throw NotAsked();

    public Task DropUpload(Guid upload) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("the gateway never asks this");
}
