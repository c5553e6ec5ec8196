namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>A stream that is read once, from its beginning to its end, and counts what was read.</summary>
internal abstract class ForwardStream : Stream
{
    private long _read;

    /// <summary>How many bytes were read.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = ReadNext(buffer.AsSpan(offset, count));
        Interlocked.Add(ref _read, length);
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Fills the beginning of <paramref name="buffer"/>.</summary>
    /// <returns>How much of it; 0 at the end.</returns>
    protected abstract int ReadNext(Span<byte> buffer);
}
