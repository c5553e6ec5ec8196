namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>A stream of pieces that are made while it is read.</summary>
/// <param name="pieces">The pieces; each is good until the next one.</param>
/// <param name="origins">What they are made of; disposed with it.</param>
internal sealed class PieceStream(IEnumerable<ReadOnlyMemory<byte>> pieces, params IDisposable[] origins) : ForwardStream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    protected override int ReadNext(Span<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            if (!_pieces.MoveNext())
                return 0;
            _rest = _pieces.Current;
        }

        var length = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pieces.Dispose();
            foreach (var origin in origins)
                origin.Dispose();
        }

        base.Dispose(disposing);
    }
}
