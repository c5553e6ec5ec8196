using System.Security.Cryptography;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.StorageNode.Exporting;

/// <summary>The file of an export while it is written: takes its digest, and stops before the disk is full, because repositories live on it.</summary>
/// <param name="path">The file; one that is there is replaced.</param>
/// <param name="reserve">The bytes that stay free on its disk.</param>
internal sealed class ExportWriter(string path, long reserve) : Stream
{
    private const int BufferSize = 64 * 1024;
    private const long LookEvery = 16 << 20;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;
    private long _lookAt;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Puts everything on the disk itself, and says what was written.</summary>
    public ExportResult Finish()
    {
        _file.Flush(flushToDisk: true);
        return new ExportResult(_length, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_length >= _lookAt)
        {
            if (new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < reserve)
                throw new StorageException("the export could not be made: the disk of the storage node has no more room for it");
            _lookAt = _length + LookEvery;
        }

        _file.Write(buffer);
        _hash.AppendData(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Whoever compresses flushes at the end, which Finish does better.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
