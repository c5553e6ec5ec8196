namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>
/// What the revisions of an import came from: for each the digest of the dump's records from the first one to its last, 32 bytes, the first revision's first. A
/// dump that is continued with is compared with it.
/// </summary>
internal sealed class RevisionJournal : IDisposable
{
    /// <summary>The bytes of one digest.</summary>
    public const int DigestSize = 32;

    private readonly FileStream _file;
    private long? _first;

    /// <summary>Opens the one of an import, or begins it.</summary>
    public RevisionJournal(string path) => _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    /// <summary>Whether no revision was read in this run yet.</summary>
    public bool IsUnbegun => _first is null;

    /// <summary>The first revision of the dump.</summary>
    public long First => _first ?? throw new InvalidOperationException("no revision was read yet");

    /// <summary>Notes that a revision's records begin.</summary>
    public void Begin(long revision) => _first ??= revision;

    /// <summary>Writes down what a revision came from; what is known of later ones is forgotten.</summary>
    public void Write(long revision, ReadOnlySpan<byte> digest)
    {
        _file.Position = PositionOf(revision);
        _file.Write(digest);
        _file.SetLength(_file.Position);
    }

    /// <summary>Whether that is what a revision came from.</summary>
    public bool Says(long revision, ReadOnlySpan<byte> digest)
    {
        Span<byte> kept = stackalloc byte[DigestSize];
        if (_file.Length < PositionOf(revision) + DigestSize)
            return false;
        _file.Position = PositionOf(revision);
        _file.ReadExactly(kept);
        return kept.SequenceEqual(digest);
    }

    public void Dispose() => _file.Dispose();

    private long PositionOf(long revision) => (revision - First) * DigestSize;
}
