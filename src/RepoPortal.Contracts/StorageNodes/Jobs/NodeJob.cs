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

/// <summary>What is verified.</summary>
public enum VerificationSubject
{
    /// <summary>The copy that is served.</summary>
    Original,

    /// <summary>Its backup.</summary>
    Backup,
}
