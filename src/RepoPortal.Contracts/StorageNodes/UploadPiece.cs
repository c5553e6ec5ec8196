namespace RepoPortal.Contracts.StorageNodes;

/// <summary>A piece of a file that is uploaded to a node.</summary>
/// <param name="Upload">The upload's id.</param>
/// <param name="Offset">Where in the file it begins.</param>
/// <param name="Content">Its bytes.</param>
[GenerateSerializer, Immutable]
public sealed record UploadPiece([property: Id(0)] Guid Upload, [property: Id(1)] long Offset, [property: Id(2)] ReadOnlyMemory<byte> Content)
{
    /// <summary>The most bytes in one piece: a message between roles, not a file.</summary>
    public const int MaxLength = 1024 * 1024;
}
