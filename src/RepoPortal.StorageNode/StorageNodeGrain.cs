using System.Collections.Immutable;
using Orleans.Concurrency;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Exporting;
using RepoPortal.StorageNode.Httpd;
using RepoPortal.StorageNode.Importing;
using RepoPortal.StorageNode.Jobs;
using RepoPortal.StorageNode.Provisioning;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.StorageNode.Reading;

namespace RepoPortal.StorageNode;

/// <summary>What the cluster may ask this node for. It only passes on: no disk is touched on a grain's turn.</summary>
[Reentrant]
[NodePinned]
internal sealed class StorageNodeGrain(
    HttpdService httpd, ProvisionRepository provision, DiscardCopy discard, ServeCopy serve, MeasureCopy measure, ReadCommits readCommits, ListDirectory listDirectory,
    ReviewRevisions reviewRevisions, DescribeSight describeSight, ExamineNodes examineNodes, WriteAccessFile writeAccessFile, SetQuota setQuota, NodeJobs jobs,
    SurveyBackups surveyBackups, ExportFiles exports, ReceiveUpload receiveUpload, MeasureImport measureImport)
    : Grain, IStorageNodeGrain
{
    public Task<NodeEndpoint> GetEndpoint(CancellationToken cancellationToken) => Task.FromResult(httpd.Endpoint);

    public Task<CopyMeasurement> Provision(ProvisionRequest request, CancellationToken cancellationToken) =>
        Task.Run(() => provision.RunAsync(request, cancellationToken), cancellationToken);

    public Task Serve(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) =>
        Task.Run(() => serve.ServeAsync(copy, name, cancellationToken), cancellationToken);

    public Task Withdraw(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) =>
        Task.Run(() => serve.WithdrawAsync(copy, name, cancellationToken), cancellationToken);

    public Task Discard(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken) =>
        Task.Run(() => discard.RunAsync(copy, name, cancellationToken), cancellationToken);

    public Task<CopyMeasurement> Measure(RepositoryCopy copy, CancellationToken cancellationToken) =>
        Task.Run(() => measure.Run(copy), cancellationToken);

    public Task<ImmutableArray<CommitSummary>> ReadCommits(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken) =>
        Task.Run(() => readCommits.Run(copy, first, limit, cancellationToken), cancellationToken);

    public Task<DirectoryListing?> ListDirectory(RepositoryCopy copy, string path, long? revision, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => listDirectory.Run(copy, path, revision, reader, cancellationToken), cancellationToken);

    public Task<ImmutableArray<RevisionSight>> ReviewRevisions(
        RepositoryCopy copy, ImmutableArray<long> revisions, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => reviewRevisions.Run(copy, revisions, reader, cancellationToken), cancellationToken);

    public Task<ImmutableArray<SightChange>> GetSight(RepositoryCopy copy, Reader reader, CancellationToken cancellationToken) =>
        Task.Run(() => describeSight.Run(copy, reader), cancellationToken);

    public Task<ImmutableArray<bool?>> AreDirectories(RepositoryCopy copy, ImmutableArray<PathAtRevision> paths, CancellationToken cancellationToken) =>
        Task.Run(() => examineNodes.Run(copy, paths, cancellationToken), cancellationToken);

    public Task WriteAccessFile(RepositoryCopy copy, AccessFile file, CancellationToken cancellationToken) =>
        Task.Run(() => writeAccessFile.RunAsync(copy, file, cancellationToken), cancellationToken);

    public Task SetQuota(RepositoryCopy copy, CopyQuota quota, CancellationToken cancellationToken) =>
        Task.Run(() => setQuota.RunAsync(copy, quota, cancellationToken), cancellationToken);

    public Task<ImmutableArray<PathAccess>> CheckAccess(string accessFile, ImmutableArray<AccessQuestion> questions, CancellationToken cancellationToken) =>
        Task.Run(() => Access.CheckAccess.Run(accessFile, questions, cancellationToken), cancellationToken);

    public Task<JobStatus> Work(Guid id, NodeJob job) => Task.FromResult(jobs.Work(id, job));

    public Task Dismiss(Guid id)
    {
        jobs.Dismiss(id);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<BackupSurvey>> SurveyBackups(ImmutableArray<RepositoryCopy> copies, CancellationToken cancellationToken) =>
        Task.Run(() => surveyBackups.Run(copies, cancellationToken), cancellationToken);

    public Task<ExportPiece?> ReadExport(Guid export, long offset, CancellationToken cancellationToken) =>
        Task.Run(() => exports.Read(export, offset), cancellationToken);

    public Task<ImmutableArray<Guid>> ListExports(CancellationToken cancellationToken) => Task.Run(exports.List, cancellationToken);

    public Task RemoveExport(Guid export, CancellationToken cancellationToken) => Task.Run(() => exports.Remove(export), cancellationToken);

    public Task<long> MeasureImport(RepositoryCopy copy, CancellationToken cancellationToken) => Task.Run(() => measureImport.Run(copy), cancellationToken);

    public Task<long> ReceiveUpload(UploadPiece piece, CancellationToken cancellationToken) =>
        Task.Run(() => receiveUpload.RunAsync(piece.Upload, piece.Offset, piece.Content, cancellationToken), cancellationToken);

    public Task<long> MeasureUpload(Guid upload) => Task.Run(() => receiveUpload.Measure(upload));

    public Task DropUpload(Guid upload) => Task.Run(() => receiveUpload.Drop(upload));
}
