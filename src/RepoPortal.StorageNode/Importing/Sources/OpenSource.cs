using System.IO.Compression;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using ZstdSharp;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>Opens what is to be imported. How a file is compressed is seen by what it begins with, whatever it is called.</summary>
internal sealed class OpenSource(NodeDirectories directories, OpenServer openServer, OpenGit openGit)
{
    private static readonly byte[] GZip = [0x1f, 0x8b];
    private static readonly byte[] Zstd = [0x28, 0xb5, 0x2f, 0xfd];

    /// <exception cref="StorageException">It is not there, or cannot be read.</exception>
    public async Task<OpenedSource> RunAsync(ImportSource source, CancellationToken cancellationToken) => source switch
    {
        FileSource file => OpenFile(file.Path, $"'{file.Path}' cannot be read by the storage node"),
        UploadSource upload => OpenUpload(upload),
        ServerSource server => await openServer.RunAsync(server, cancellationToken),
        GitSource git => await openGit.RunAsync(git, cancellationToken),
        _ => throw new NotSupportedException($"{source.GetType().Name} is not known to this node."),
    };

    private OpenedSource OpenUpload(UploadSource upload)
    {
        var file = new FileInfo(directories.Upload(upload.Upload));
        return file.Exists && file.Length == upload.Length
            ? OpenFile(file.FullName, "The uploaded file cannot be read")
            : throw new StorageException($"Of the {upload.Length} bytes of the upload {(file.Exists ? file.Length : 0)} are here. Upload the rest, or upload it again, and continue.");
    }

    private static OpenedSource OpenFile(string path, string failure)
    {
        try
        {
            if (!File.Exists(path))
                throw new FileNotFoundException("there is no such file, or the server's user may not read it");
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024, FileOptions.SequentialScan);
            var beginning = new byte[Zstd.Length];
            var length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            file.Position = 0;
            Stream dump = beginning.AsSpan(0, length) switch
            {
                var bytes when bytes.StartsWith(GZip) => new GZipStream(file, CompressionMode.Decompress),
                var bytes when bytes.StartsWith(Zstd) => new DecompressionStream(file),
                _ => file,
            };
            return new OpenedSource(dump, file.Length, () => file.CanRead ? file.Position : 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{failure}: {exception.Message}", exception);
        }
    }
}
