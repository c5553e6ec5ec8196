using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.Contracts.StorageNodes;

/// <summary>One machine's disk. The key is the node's name; the activation lives on the silo of that machine (<see cref="NodePinnedAttribute"/>).</summary>
/// <remarks>
/// Every operation may run twice. Operations on a copy that is not there fail with <see cref="CopyNotFoundException"/>; a broken world (disk full, corrupt
/// repository) is a <see cref="StorageException"/> whose message is fit for the repository's owner.
/// </remarks>
[Alias("RepoPortal.StorageNode")]
public interface IStorageNodeGrain : IGrainWithStringKey
{
    /// <summary>Where the gateway reaches this node's httpd, and with what key.</summary>
    [Alias("GetEndpoint")]
    Task<NodeEndpoint> GetEndpoint(CancellationToken cancellationToken);

    /// <summary>Brings a new repository to the disk and serves it; finds out by itself how far an earlier attempt came.</summary>
    [Alias("Provision")]
    Task<CopyMeasurement> Provision(ProvisionRequest request, CancellationToken cancellationToken);

    /// <summary>Serves a copy under one more name. A name that another copy is served under is taken over.</summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    [Alias("Serve")]
    Task Serve(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken);

    /// <summary>Stops serving a name, if it is that copy that is served under it; nothing to do is success.</summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    [Alias("Withdraw")]
    Task Withdraw(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken);

    /// <summary>Stops serving a name and moves what was stored of a copy to the trash; nothing to do is success.</summary>
    [Alias("Discard")]
    Task Discard(RepositoryCopy copy, RepositoryName name, CancellationToken cancellationToken);

    /// <summary>Youngest revision and size of a copy.</summary>
    [Alias("Measure")]
    Task<CopyMeasurement> Measure(RepositoryCopy copy, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> commits from revision <paramref name="first"/> upwards; empty when the youngest is older.</summary>
    [Alias("ReadCommits")]
    Task<ImmutableArray<CommitSummary>> ReadCommits(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The entries of a directory at a revision (null: the youngest) that <paramref name="reader"/> may see by the copy's access file; null when there is no such
    /// directory, or none that the reader may see.
    /// </summary>
    [Alias("ListDirectory")]
    Task<DirectoryListing?> ListDirectory(RepositoryCopy copy, string path, long? revision, Reader reader, CancellationToken cancellationToken);

    /// <summary>What <paramref name="reader"/> may know of each of these revisions, in the same order; what Subversion's own log would tell them.</summary>
    [Alias("ReviewRevisions")]
    Task<ImmutableArray<RevisionSight>> ReviewRevisions(
        RepositoryCopy copy, ImmutableArray<long> revisions, Reader reader, CancellationToken cancellationToken);

    /// <summary>
    /// What <paramref name="reader"/> may see by the copy's access file: the root, and every path below it at which that changes; the root alone when they may see all
    /// or nothing.
    /// </summary>
    [Alias("GetSight")]
    Task<ImmutableArray<SightChange>> GetSight(RepositoryCopy copy, Reader reader, CancellationToken cancellationToken);

    /// <summary>For each path whether it was a directory at that revision, in the same order; null when nothing was there.</summary>
    [Alias("AreDirectories")]
    Task<ImmutableArray<bool?>> AreDirectories(RepositoryCopy copy, ImmutableArray<PathAtRevision> paths, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the copy's access file in one step and returns when it is on the disk. A file of an older version than the one there is ignored, so publications
    /// may overtake each other.
    /// </summary>
    /// <exception cref="StorageException">libsvn refuses the file, or the disk does.</exception>
    [Alias("WriteAccessFile")]
    Task WriteAccessFile(RepositoryCopy copy, AccessFile file, CancellationToken cancellationToken);

    /// <summary>
    /// Says how much the copy may hold from now on: beyond it the node refuses commits, by itself, and goes on reading. Returns when it is on the disk, where it
    /// holds through restarts and while the portal is away. A limit of an older version than the one there is ignored.
    /// </summary>
    /// <exception cref="StorageException">The disk refuses.</exception>
    [Alias("SetQuota")]
    Task SetQuota(RepositoryCopy copy, CopyQuota quota, CancellationToken cancellationToken);

    /// <summary>Asks libsvn, by an access file that need not be any repository's, what each person may do with each path; answers in the order of the questions.</summary>
    /// <exception cref="StorageException">libsvn refuses the file.</exception>
    [Alias("CheckAccess")]
    Task<ImmutableArray<PathAccess>> CheckAccess(string accessFile, ImmutableArray<AccessQuestion> questions, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a job, or tells how far it is when it was begun before: whoever wants it done calls again and again. A node that was restarted knows nothing of it
    /// and begins anew, where the last attempt left off.
    /// </summary>
    /// <param name="id">Whatever names it; the same in each call.</param>
    /// <param name="job">What is to be done.</param>
    [Alias("Work")]
    Task<JobStatus> Work(Guid id, NodeJob job);

    /// <summary>Ends a job that still runs, and forgets it.</summary>
    [Alias("Dismiss")]
    Task Dismiss(Guid id);

    /// <summary>Which of these copies have changed since their backup; costs a few looks at the file system each.</summary>
    /// <exception cref="StorageException">The directory of the backups is not there or not fit.</exception>
    [Alias("SurveyBackups")]
    Task<ImmutableArray<BackupSurvey>> SurveyBackups(ImmutableArray<RepositoryCopy> copies, CancellationToken cancellationToken);

    /// <summary>
    /// A piece of an export's file, of <see cref="ExportPiece.MostBytes"/> or up to the file's end: so that whoever reads tens of gigabytes needs no more memory
    /// than that, wherever the node is. Null when there is no such file, or it is not whole yet.
    /// </summary>
    [Alias("ReadExport")]
    Task<ExportPiece?> ReadExport(Guid export, long offset, CancellationToken cancellationToken);

    /// <summary>The exports of which there is a file, whole or not.</summary>
    [Alias("ListExports")]
    Task<ImmutableArray<Guid>> ListExports(CancellationToken cancellationToken);

    /// <summary>Removes the file of an export; nothing to do is success.</summary>
    /// <exception cref="StorageException">The disk refused.</exception>
    [Alias("RemoveExport")]
    Task RemoveExport(Guid export, CancellationToken cancellationToken);

    /// <summary>The youngest revision of an import that is whole, whatever became of it; 0 when none is.</summary>
    /// <exception cref="StorageException">What was loaded cannot be read.</exception>
    [Alias("MeasureImport")]
    Task<long> MeasureImport(RepositoryCopy copy, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a piece of an upload in, at most <see cref="UploadPiece.MaxLength"/> bytes. One that does not begin where the upload ends is not taken: it came twice, or
    /// one before it was lost.
    /// </summary>
    /// <returns>How many bytes of the upload are here now.</returns>
    /// <exception cref="StorageException">The disk refuses.</exception>
    [Alias("ReceiveUpload")]
    Task<long> ReceiveUpload(UploadPiece piece, CancellationToken cancellationToken);

    /// <summary>How many bytes of an upload are here; 0 when nothing is.</summary>
    [Alias("MeasureUpload")]
    Task<long> MeasureUpload(Guid upload);

    /// <summary>Removes an upload; nothing to do is success.</summary>
    [Alias("DropUpload")]
    Task DropUpload(Guid upload);
}
