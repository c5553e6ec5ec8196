namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>The standard input of the loader, which may end at any moment; that is told apart from a source that cannot be read.</summary>
internal sealed class LoaderInput(Stream pipe) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            pipe.Write(buffer);
        }
        catch (IOException exception)
        {
            throw new LoaderGoneException(exception);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>The loader has ended, and says by itself why.</summary>
internal sealed class LoaderGoneException(Exception cause) : Exception("the loader has ended", cause);
