using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Exports;

/// <summary>
/// An export's file as a stream, fetched from its node piece by piece as it is read. It breaks off within a second when its reader loses the right to it, as
/// requests of svn clients do.
/// </summary>
internal sealed class ExportStream(IStorageNodeGrain node, Guid export, long length, Func<CancellationToken, Task<bool>> mayGoOn, TimeProvider time) : Stream
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private long _position;
    private long _askedAt = time.GetTimestamp();
    private ReadOnlyMemory<byte> _piece;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_piece.IsEmpty && _position < length)
            _piece = await FetchAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _piece.Length);
        _piece.Span[..count].CopyTo(buffer.Span);
        _piece = _piece[count..];
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        _position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };
        _piece = default;
        return _position;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A node is far away; read it asynchronously.");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<ReadOnlyMemory<byte>> FetchAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_askedAt) >= AskEvery)
        {
            if (!await mayGoOn(cancellationToken))
                throw new IOException("the export, or the right to it, was taken away while it was downloaded");
            _askedAt = time.GetTimestamp();
        }

        return await node.ReadExport(export, _position, cancellationToken) is { Bytes.Length: > 0 } piece
            ? piece.Bytes
            : throw new IOException("the file of the export went away while it was downloaded");
    }
}
