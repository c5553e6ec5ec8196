using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.StorageNodes;

/// <summary>Where a node's httpd listens.</summary>
/// <param name="Address">Scheme, loopback (later: internal) host and port.</param>
/// <param name="Key">What the gateway must send in the header <see cref="KeyHeader"/> for httpd to answer at all.</param>
[GenerateSerializer, Immutable]
public sealed record NodeEndpoint([property: Id(0)] Uri Address, [property: Id(1)] string Key)
{
    /// <summary>The request header that carries the key.</summary>
    public const string KeyHeader = "X-RepoPortal-Key";

    /// <summary>The address alone: a key is not for logs.</summary>
    public override string ToString() => Address.ToString();
}

/// <summary>A repository to be made.</summary>
/// <param name="Copy">Which copy, hence where it is stored.</param>
/// <param name="Name">The name to serve it under.</param>
/// <param name="Uuid">The repository's UUID, chosen by the record, so that an attempt made twice makes the same repository.</param>
/// <param name="Layout">What its first revision holds.</param>
/// <param name="Creator">The author of that revision.</param>
/// <param name="CreatedAt">The date of revision 0.</param>
/// <param name="AccessFile">Who may do what from the moment it is served.</param>
/// <param name="Quota">How much it may hold; null for no limit, as long as nobody sets one.</param>
[GenerateSerializer, Immutable]
public sealed record ProvisionRequest(
    [property: Id(0)] RepositoryCopy Copy,
    [property: Id(1)] RepositoryName Name,
    [property: Id(2)] Guid Uuid,
    [property: Id(3)] RepositoryLayout Layout,
    [property: Id(4)] UserName Creator,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] AccessFile AccessFile,
    [property: Id(7)] CopyQuota? Quota = null);

/// <summary>How much a copy may hold.</summary>
/// <param name="Version">Grows with every change, so that an older limit never replaces a newer one.</param>
/// <param name="Bytes">The limit; null for none.</param>
[GenerateSerializer, Immutable]
public sealed record CopyQuota([property: Id(0)] long Version, [property: Id(1)] long? Bytes);

/// <summary>What was found on disk.</summary>
/// <param name="Youngest">The youngest revision.</param>
/// <param name="SizeBytes">Everything stored for the copy, in bytes as the files count them.</param>
[GenerateSerializer, Immutable]
public sealed record CopyMeasurement([property: Id(0)] long Youngest, [property: Id(1)] long SizeBytes);

/// <summary>A commit as the record keeps it.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Author">The <c>svn:author</c>; null when there is none.</param>
/// <param name="At">The <c>svn:date</c>; null when there is none.</param>
/// <param name="Message">The <c>svn:log</c>, cut after <see cref="MaxMessageLength"/> characters.</param>
/// <param name="ChangedPaths">How many paths it changed.</param>
/// <param name="CommonPath">The deepest directory that holds all of them, such as <c>/trunk/src</c>; <c>/</c> at least.</param>
/// <param name="SizeBytes">What it added to the store, in bytes; 0 when that is no longer known (packed).</param>
[GenerateSerializer, Immutable]
public sealed record CommitSummary(
    [property: Id(0)] long Revision,
    [property: Id(1)] string? Author,
    [property: Id(2)] DateTimeOffset? At,
    [property: Id(3)] string Message,
    [property: Id(4)] int ChangedPaths,
    [property: Id(5)] string CommonPath,
    [property: Id(6)] long SizeBytes)
{
    /// <summary>The longest message kept, in characters.</summary>
    public const int MaxMessageLength = 1000;

    /// <summary>As much of a message as is kept, not ended between the halves of a character.</summary>
    public static string CutMessage(string message) => message.Length <= MaxMessageLength
        ? message
        : message[..(char.IsHighSurrogate(message[MaxMessageLength - 1]) ? MaxMessageLength - 1 : MaxMessageLength)];
}

/// <summary>A directory at a revision.</summary>
/// <param name="Revision">The revision it was read at.</param>
/// <param name="Path">Its path, starting with a slash.</param>
/// <param name="Entries">Directories first, then files, each by name.</param>
[GenerateSerializer, Immutable]
public sealed record DirectoryListing(
    [property: Id(0)] long Revision, [property: Id(1)] string Path, [property: Id(2)] ImmutableArray<DirectoryEntry> Entries);

/// <summary>One entry of a directory, with the commit that last changed it.</summary>
/// <param name="Name">The last segment of its path.</param>
/// <param name="IsDirectory">True for a directory, false for a file.</param>
/// <param name="SizeBytes">The file's length; null for a directory.</param>
/// <param name="Revision">The revision that last changed it.</param>
/// <param name="Author">That revision's author.</param>
/// <param name="At">That revision's date.</param>
/// <param name="Message">The first line of that revision's message.</param>
[GenerateSerializer, Immutable]
public sealed record DirectoryEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] bool IsDirectory,
    [property: Id(2)] long? SizeBytes,
    [property: Id(3)] long Revision,
    [property: Id(4)] string? Author,
    [property: Id(5)] DateTimeOffset? At,
    [property: Id(6)] string Message);

/// <summary>A piece of an export's file.</summary>
/// <param name="Bytes">Its content; empty at the end of the file.</param>
/// <param name="FileBytes">The length of the whole file.</param>
[GenerateSerializer, Immutable]
public sealed record ExportPiece([property: Id(0)] byte[] Bytes, [property: Id(1)] long FileBytes)
{
    /// <summary>The most that one piece holds: below the size from which .NET keeps arrays until it is forced to clean up.</summary>
    public const int MostBytes = 80 * 1024;
}
