namespace RepoPortal.Portal.Nodes;

/// <summary>What lies on a node, as a stream that is fetched piece by piece as it is read: with no more memory than a piece takes, wherever the node is.</summary>
/// <param name="length">Its length in bytes.</param>
internal abstract class PieceStream(long length) : Stream
{
    private long _position;
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
            _piece = await FetchAsync(_position, cancellationToken);
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

    /// <summary>The bytes from a position on, as many as come at once; at least one.</summary>
    /// <exception cref="IOException">There are none any more, or they may not be read any more.</exception>
    protected abstract Task<ReadOnlyMemory<byte>> FetchAsync(long position, CancellationToken cancellationToken);
}
