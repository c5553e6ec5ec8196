using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.StorageNodes.Jobs;

/// <summary>Long work on a node's disk: begun with one call, followed with more (<see cref="IStorageNodeGrain.Work"/>). Each may be begun anew at any time.</summary>
[GenerateSerializer, Immutable]
public abstract record NodeJob;

/// <summary>Brings the backup of a copy up to the original.</summary>
/// <param name="Copy">The copy that is served.</param>
[GenerateSerializer, Immutable]
public sealed record BackUpJob([property: Id(0)] RepositoryCopy Copy) : NodeJob;

/// <summary>Reads a copy, or its backup, in full or only its indexes, and compares every revision's digest with the one kept since its commit.</summary>
/// <param name="Copy">The copy that is served.</param>
/// <param name="Subject">Which of the two.</param>
/// <param name="MetadataOnly">Only structure and indexes, as <c>svnadmin verify --metadata-only</c> does; no digests.</param>
[GenerateSerializer, Immutable]
public sealed record VerifyJob(
    [property: Id(0)] RepositoryCopy Copy, [property: Id(1)] VerificationSubject Subject, [property: Id(2)] bool MetadataOnly) : NodeJob;

/// <summary>Restores the backup into a scratch place, verifies it, compares digests, and throws it away.</summary>
/// <param name="Copy">The copy that is served.</param>
[GenerateSerializer, Immutable]
public sealed record RehearseJob([property: Id(0)] RepositoryCopy Copy) : NodeJob;

/// <summary>Restores a backup as of a revision: into the store, served under a name.</summary>
/// <param name="Source">The copy whose backup is taken.</param>
/// <param name="Revision">The revision it is to end with; no more than the backup has. Null: as far as the backup reaches.</param>
/// <param name="Target">What it becomes. A layout is not made.</param>
/// <param name="ContinueAbove">
/// The highest revision number that was ever given out: the revisions up to it are filled with empty ones that say so, so that none is given out again.
/// </param>
[GenerateSerializer, Immutable]
public sealed record RestoreJob(
    [property: Id(0)] RepositoryCopy Source, [property: Id(1)] long? Revision, [property: Id(2)] ProvisionRequest Target, [property: Id(3)] long ContinueAbove) : NodeJob;

/// <summary>Writes the history of a copy, or the copy itself, into one file on the node, from where it is read in pieces (<see cref="IStorageNodeGrain.ReadExport"/>).</summary>
/// <param name="Export">Names the file.</param>
/// <param name="Copy">The copy that is served.</param>
/// <param name="Name">The directory that an archive unpacks to.</param>
/// <param name="Content">What is in the file.</param>
[GenerateSerializer, Immutable]
public sealed record ExportJob(
    [property: Id(0)] Guid Export, [property: Id(1)] RepositoryCopy Copy, [property: Id(2)] RepositoryName Name, [property: Id(3)] ExportContent Content) : NodeJob;

/// <summary>Copies the node's backups that have changed, and the record's, to the second place that is configured.</summary>
[GenerateSerializer, Immutable]
public sealed record OffSiteJob : NodeJob;

/// <summary>Lists what lies among the node's backups beyond the one backup of each copy that it stores (<see cref="SpareBackup"/>).</summary>
[GenerateSerializer, Immutable]
public sealed record ListSpareBackupsJob : NodeJob;

/// <summary>Removes a backup for good; one that is not there is removed. That of a copy which the node stores is refused, whoever asks.</summary>
/// <param name="Copy">The copy that it is the backup of.</param>
/// <param name="Directory">The name of its directory, as <see cref="SpareBackup.Directory"/> has it.</param>
[GenerateSerializer, Immutable]
public sealed record RemoveBackupJob([property: Id(0)] RepositoryCopy Copy, [property: Id(1)] string Directory) : NodeJob;

/// <summary>What is in the file of an export.</summary>
/// <param name="Form">A dump, or the repository's own files.</param>
/// <param name="Compression">How the file is compressed.</param>
/// <param name="First">The first revision; 0 for an archive.</param>
/// <param name="Last">The last revision.</param>
/// <param name="Incremental">Of a dump: the first revision only says what it changed, so that it can be loaded onto the one before; otherwise it says everything that was there.</param>
/// <param name="Deltas">Of a dump: contents are written as differences: smaller by far, and slower to make and to load.</param>
[GenerateSerializer, Immutable]
public sealed record ExportContent(
    [property: Id(0)] ExportForm Form,
    [property: Id(1)] ExportCompression Compression,
    [property: Id(2)] long First,
    [property: Id(3)] long Last,
    [property: Id(4)] bool Incremental,
    [property: Id(5)] bool Deltas);

/// <summary>The forms in which a repository can be taken away.</summary>
public enum ExportForm
{
    /// <summary>What <c>svnadmin dump</c> writes: any Subversion loads it.</summary>
    Dump,

    /// <summary>The repository's own files as of a revision, in a tar archive: unpacked, it is a repository.</summary>
    Archive,
}

/// <summary>How the file of an export is compressed.</summary>
public enum ExportCompression
{
    /// <summary>By gzip, which everybody has.</summary>
    Gzip,

    /// <summary>By zstd, which is smaller and faster.</summary>
    Zstd,
}

/// <summary>What is verified.</summary>
public enum VerificationSubject
{
    /// <summary>The copy that is served.</summary>
    Original,

    /// <summary>Its backup.</summary>
    Backup,
}
