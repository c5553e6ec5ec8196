using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Importing;

/// <summary>Takes uploads in, piece by piece. A file's length is how much of it is here, so an upload goes on after any crash where the file ends.</summary>
internal sealed class ReceiveUpload(NodeDirectories directories)
{
    private const string What = "the upload could not be taken in";

    /// <summary>How many bytes are here.</summary>
    public long Measure(Guid upload) => new FileInfo(directories.Upload(upload)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Writes a piece. One that begins elsewhere than where the file ends is not written: it came twice, or one before it was lost.</summary>
    /// <returns>How many bytes are here now.</returns>
    /// <exception cref="StorageException">The disk refused.</exception>
    public async Task<long> RunAsync(Guid upload, long offset, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(directories.Upload(upload), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            if (file.Length != offset)
                return file.Length;
            file.Position = offset;
            await file.WriteAsync(piece, cancellationToken);
            return file.Length;
        }
        catch (IOException exception)
        {
            throw StorageFailure.Of(What, exception);
        }
    }

    /// <summary>Removes it; nothing to do is success.</summary>
    public void Drop(Guid upload) => File.Delete(directories.Upload(upload));
}
