using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.Portal.Exports;

/// <summary>
/// A file in which a repository can be taken away: the whole history, whatever path rules hide, hence for owners and administrators only. The row has the id of the
/// task that makes it; without a row, the node's file goes.
/// </summary>
public sealed class Export
{
    /// <summary>How many of them are kept of one repository.</summary>
    internal const int Most = 3;

    /// <summary>Its row, its task, and its file on the node.</summary>
    public required Guid Id { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The node that has the file.</summary>
    public required string NodeName { get; init; }

    /// <summary>What the file is called when it is downloaded.</summary>
    public required string FileName { get; init; }

    /// <summary>A dump, or the repository's own files.</summary>
    public required ExportForm Form { get; init; }

    /// <summary>How it is compressed.</summary>
    public required ExportCompression Compression { get; init; }

    /// <summary>Its first revision.</summary>
    public required long First { get; init; }

    /// <summary>Its last revision.</summary>
    public required long Last { get; init; }

    /// <summary>Whether the first revision only says what it changed.</summary>
    public required bool Incremental { get; init; }

    /// <summary>Whether contents are written as differences.</summary>
    public required bool Deltas { get; init; }

    /// <summary>Who asked for it, by name.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>SHA-256 of the secret by which a command fetches the file; null for what people asked for.</summary>
    public TokenDigest? Key { get; init; }

    /// <summary>The file's length; null while it is being made.</summary>
    public long? SizeBytes { get; set; }

    /// <summary>The file's SHA-256 in hexadecimal digits; null while it is being made.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Until when the file is kept; null while it is being made.</summary>
    public DateTimeOffset? KeptUntil { get; set; }

    /// <summary>What the file holds.</summary>
    internal ExportContent Content => new(Form, Compression, First, Last, Incremental, Deltas);

    /// <summary>The file's media type.</summary>
    internal string ContentType => Compression == ExportCompression.Gzip ? "application/gzip" : "application/zstd";
}
