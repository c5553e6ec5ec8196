using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>The contents of a file in a revision, read forward only from the disk as they are asked for. One thread reads at a time.</summary>
/// <remarks>It keeps the repository open until it is disposed. Reads are synchronous in libsvn, also behind <c>ReadAsync</c>.</remarks>
public sealed unsafe class SvnFileStream : Stream
{
    private readonly Looking.RevisionRoot _root;
    private readonly svn_stream_t* _stream;
    private bool _disposed;

    internal SvnFileStream(Looking.RevisionRoot root, string path)
    {
        _root = root;
        var node = FsPath.Canonicalize(path);
        svn_stream_t* stream;
        Check(SvnFs.svn_fs_file_contents(&stream, root.Root, node, root.Pool));
        _stream = stream;
        long length;
        Check(SvnFs.svn_fs_file_length(&length, root.Root, Apr.apr_pstrdup(root.Pool, node), root.Pool));
        Length = length;
    }

    /// <summary>The size of the file in bytes, known before it is read.</summary>
    public override long Length { get; }

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported: the stream only goes forward.</summary>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="SvnException">The file cannot be read; <see cref="SvnException.IsCorrupt"/> when its checksum is wrong.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var length = (nuint)buffer.Length;
        fixed (byte* bytes = buffer)
        {
            if (length > 0) Check(SvnSubr.svn_stream_read_full(_stream, bytes, &length));
        }

        // The finalizer of the pool must not run while C reads from it.
        GC.KeepAlive(_root);

        return (int)length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed) _root.Dispose();
        _disposed = true;
        base.Dispose(disposing);
    }
}
