using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.StorageNodes.Jobs;

/// <summary>Loads history into a copy that is not served yet, after the revisions that earlier attempts have loaded. What is whole stays when it fails.</summary>
/// <param name="Copy">The copy that it is to become.</param>
/// <param name="Source">Where the history comes from.</param>
/// <param name="Authors">Other names for authors, by those in the source.</param>
/// <param name="QuotaBytes">How much the copy may hold; null for no limit.</param>
[GenerateSerializer, Immutable]
public sealed record LoadJob(
    [property: Id(0)] RepositoryCopy Copy,
    [property: Id(1)] ImportSource Source,
    [property: Id(2)] ImmutableDictionary<string, string> Authors,
    [property: Id(3)] long? QuotaBytes) : NodeJob;

/// <summary>Serves what was loaded: puts it into the store, as a new repository is put there.</summary>
/// <param name="Target">What it becomes. A layout is not made.</param>
[GenerateSerializer, Immutable]
public sealed record StoreImportJob([property: Id(0)] ProvisionRequest Target) : NodeJob;

/// <summary>Where the history of an import comes from.</summary>
[GenerateSerializer, Immutable]
public abstract record ImportSource;

/// <summary>A dump in a file on the node's machine, plain or compressed with gzip or zstd; named by whoever runs commands there, never by anybody else.</summary>
/// <param name="Path">The file.</param>
[GenerateSerializer, Immutable]
public sealed record FileSource([property: Id(0)] string Path) : ImportSource;

/// <summary>The same, uploaded to the node before.</summary>
/// <param name="Upload">The upload's id.</param>
/// <param name="Length">How long it is when it is complete.</param>
[GenerateSerializer, Immutable]
public sealed record UploadSource([property: Id(0)] Guid Upload, [property: Id(1)] long Length) : ImportSource;

/// <summary>A repository on the node's machine that is taken over in place of a copy; named by whoever runs commands there.</summary>
/// <param name="Path">Its directory.</param>
[GenerateSerializer, Immutable]
public sealed record DirectorySource([property: Id(0)] string Path) : ImportSource;

/// <summary>A repository on another server, read by <c>svnrdump</c>.</summary>
/// <param name="Address">The address of its root: http, https or svn.</param>
/// <param name="UserName">Who reads it there; null for nobody in particular.</param>
/// <param name="Password">Their password: in memory only, in no log and no list of processes.</param>
[GenerateSerializer, Immutable]
public sealed record ServerSource([property: Id(0)] Uri Address, [property: Id(1)] string? UserName, [property: Id(2)] string? Password) : ImportSource
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(ServerSource)} {Address}";
}

/// <summary>A git repository on the node's machine whose history becomes one of Subversion's; named by whoever runs commands there.</summary>
/// <param name="Path">Its directory, bare or with a work tree.</param>
[GenerateSerializer, Immutable]
public sealed record GitSource([property: Id(0)] string Path) : ImportSource;

/// <summary>Everything in the source is loaded.</summary>
/// <param name="Revision">The youngest revision.</param>
/// <param name="Uuid">The UUID that the source says it has; null when it says none.</param>
/// <param name="Remarks">What of the source could not be carried, in sentences; empty for nothing.</param>
[GenerateSerializer, Immutable]
public sealed record LoadResult([property: Id(0)] long Revision, [property: Id(1)] Guid? Uuid, [property: Id(2)] string Remarks = "") : JobResult;

/// <summary>What was loaded is served.</summary>
/// <param name="Found">Youngest revision and size.</param>
[GenerateSerializer, Immutable]
public sealed record StoreImportResult([property: Id(0)] CopyMeasurement Found) : JobResult;
