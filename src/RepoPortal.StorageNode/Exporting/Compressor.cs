using System.IO.Compression;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.StorageNode.Exporting;

/// <summary>Compresses what is written.</summary>
internal static class Compressor
{
    private const int ZstdLevel = 3; // what the zstd command takes by itself

    /// <summary>A stream that compresses into another one, which it leaves open.</summary>
    public static Stream Over(Stream output, ExportCompression compression) => compression == ExportCompression.Zstd
        ? new ZstdSharp.CompressionStream(output, ZstdLevel, leaveOpen: true)
        : new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
}
