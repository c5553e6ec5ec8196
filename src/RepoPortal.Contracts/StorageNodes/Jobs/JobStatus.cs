using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.StorageNodes.Jobs;

/// <summary>How far a job is. It runs while neither a result nor a failure is there.</summary>
/// <param name="Progress">What it does now.</param>
/// <param name="Result">What came of it; of the kind that belongs to the job.</param>
/// <param name="Failure">Why it could not be done, as a sentence for the repository's owners.</param>
/// <param name="IsDamage">Whether it could not be done because the original is damaged.</param>
[GenerateSerializer, Immutable]
public sealed record JobStatus(
    [property: Id(0)] JobProgress Progress,
    [property: Id(1)] JobResult? Result = null,
    [property: Id(2)] string? Failure = null,
    [property: Id(3)] bool IsDamage = false);

/// <summary>How much of the present phase is done.</summary>
/// <param name="Phase">What is done, as a present participle: "copying".</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; null while nobody knows.</param>
/// <param name="Unit">What is counted.</param>
[GenerateSerializer, Immutable]
public sealed record JobProgress(
    [property: Id(0)] string Phase, [property: Id(1)] long Done = 0, [property: Id(2)] long? Total = null, [property: Id(3)] ProgressUnit Unit = ProgressUnit.Revisions);

/// <summary>What progress is counted in.</summary>
public enum ProgressUnit
{
    /// <summary>Revisions.</summary>
    Revisions,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>What came of a job.</summary>
[GenerateSerializer, Immutable]
public abstract record JobResult;

/// <summary>The backup is up to the original, and the revisions that are new in it have the digests they had when they were committed.</summary>
/// <param name="Revision">Its youngest revision.</param>
/// <param name="AsOf">Whatever was committed before this moment is in it.</param>
/// <param name="SizeBytes">The backup's size.</param>
/// <param name="NewRevisions">How many revisions it did not have before.</param>
/// <param name="Remade">Why the backup that was there before was set aside and made anew; null as a rule.</param>
[GenerateSerializer, Immutable]
public sealed record BackUpResult(
    [property: Id(0)] long Revision, [property: Id(1)] DateTimeOffset AsOf, [property: Id(2)] long SizeBytes, [property: Id(3)] long NewRevisions, [property: Id(4)] string? Remade) : JobResult;

/// <summary>What a verification found.</summary>
/// <param name="Revision">The youngest revision that was looked at.</param>
/// <param name="Damage">What is damaged, as a sentence; null when nothing is.</param>
[GenerateSerializer, Immutable]
public sealed record VerifyResult([property: Id(0)] long Revision, [property: Id(1)] string? Damage) : JobResult;

/// <summary>A restore, rehearsed or real, that ended with a whole repository.</summary>
/// <param name="Revision">Its youngest revision out of the backup.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Took">From the beginning until it could be served.</param>
/// <param name="Found">Youngest revision and size of what is served now; null after a rehearsal.</param>
/// <param name="Locks">How many locks came back with it.</param>
/// <param name="LocksLeft">How many locks the backup has that did not come back, because it is as of an earlier revision than the backup.</param>
/// <param name="WasLoaded">Whether it was loaded revision by revision, because the revision lies within those that are packed together.</param>
[GenerateSerializer, Immutable]
public sealed record RestoreResult(
    [property: Id(0)] long Revision,
    [property: Id(1)] long SizeBytes,
    [property: Id(2)] TimeSpan Took,
    [property: Id(3)] CopyMeasurement? Found,
    [property: Id(4)] int Locks = 0,
    [property: Id(5)] int LocksLeft = 0,
    [property: Id(6)] bool WasLoaded = false) : JobResult;

/// <summary>The second place has what the backups had.</summary>
/// <param name="AsOf">Whatever was backed up before this moment is there.</param>
/// <param name="Backups">How many backups had changed since the last time.</param>
[GenerateSerializer, Immutable]
public sealed record OffSiteResult([property: Id(0)] DateTimeOffset AsOf, [property: Id(1)] int Backups) : JobResult;

/// <summary>An export whose file is whole and on the disk.</summary>
/// <param name="SizeBytes">The file's length.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable]
public sealed record ExportResult([property: Id(0)] long SizeBytes, [property: Id(1)] string Sha256) : JobResult;

/// <summary>What lies among a node's backups beyond the one of each copy that it stores.</summary>
/// <param name="Backups">Each of them.</param>
[GenerateSerializer, Immutable]
public sealed record SpareBackupsResult([property: Id(0)] ImmutableArray<SpareBackup> Backups) : JobResult;

/// <summary>A backup that is not there any more.</summary>
/// <param name="WasThere">Whether it was there before.</param>
[GenerateSerializer, Immutable]
public sealed record RemoveBackupResult([property: Id(0)] bool WasThere) : JobResult;

/// <summary>A backup that may be one that nobody needs: of a copy that the node does not store, of one of several generations, or set aside.</summary>
/// <param name="Copy">The copy that it is, or was, the backup of.</param>
/// <param name="Directory">The name of its directory: the generation, and what was put behind it when it was set aside.</param>
/// <param name="SetAsideAt">When it was set aside because it was damaged; null when it was not.</param>
/// <param name="AsOf">Of when it is, as its note says; null when there is no note.</param>
/// <param name="SizeBytes">Its size, as its note says.</param>
[GenerateSerializer, Immutable]
public sealed record SpareBackup(
    [property: Id(0)] RepositoryCopy Copy,
    [property: Id(1)] string Directory,
    [property: Id(2)] DateTimeOffset? SetAsideAt,
    [property: Id(3)] DateTimeOffset? AsOf,
    [property: Id(4)] long SizeBytes);

/// <summary>What is known of a backup without reading it.</summary>
/// <param name="Copy">The copy.</param>
/// <param name="IsCurrent">True when nothing has changed in the original since its backup: neither commits nor properties, locks, hooks or access rules.</param>
/// <param name="Revision">The backup's youngest revision; null when there is none.</param>
[GenerateSerializer, Immutable]
public sealed record BackupSurvey([property: Id(0)] RepositoryCopy Copy, [property: Id(1)] bool IsCurrent, [property: Id(2)] long? Revision);
