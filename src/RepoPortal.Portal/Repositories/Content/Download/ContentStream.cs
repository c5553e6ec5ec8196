using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A file as a stream, fetched from its node piece by piece as it is read. It breaks off when its reader loses the right to it, as requests of svn clients do.</summary>
internal sealed class ContentStream(ContentSource source, PathAtRevision file, long length, StillOpen open) : Stream
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
        await open.RequireAsync(cancellationToken);
        return await source.Node.ReadFile(source.Copy, file, _position, source.Reader, cancellationToken) is { Bytes.Length: > 0 } piece
            ? piece.Bytes
            : throw StillOpen.Lost();
    }
}
