using System.Globalization;
using System.Security.Cryptography;

namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>
/// Feeds a dump to <c>svnadmin load</c>: leaves out the revisions that an earlier attempt loaded, after making sure that they are the same in this dump, and puts
/// authors' names right. The loader commits a revision when the next one begins or its input ends, so a dump that breaks off never ends the input in the ordinary way.
/// </summary>
internal sealed class DumpFeed(DumpReader reader, RevisionJournal journal, AuthorMap? authors)
{
    // Which the loader refuses, and then it gives up the revision it is at.
    private static readonly byte[] NoDump = "The dump breaks off here\n\n"u8.ToArray();

    private readonly IncrementalHash _read = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream _loader = Stream.Null;
    private bool _isWithin;
    private bool _hasBegun;

    /// <summary>The UUID that the dump says it has; null when it says none.</summary>
    public Guid? Uuid { get; private set; }

    /// <summary>Feeds all of it that is not loaded yet.</summary>
    /// <param name="loader">The loader's standard input; left open.</param>
    /// <param name="loaded">The youngest revision that is there from before.</param>
    /// <exception cref="DumpException">The dump cannot be read on, or is another one than before.</exception>
    public void Run(Stream loader, long loaded)
    {
        _loader = loader;
        try
        {
            while (reader.ReadHead() is { } record)
                Feed(record, loaded);
            EndRevision(loaded);
            if (reader.Revision is null)
                throw reader.Broken(_hasBegun ? "there is no revision in the dump" : DumpReader.NoDump);
            if (reader.Revision < loaded)
                throw Another(loaded);
        }
        catch (Exception exception) when (exception is not LoaderGoneException)
        {
            // Within a record, the end of the input says it by itself.
            if (!_isWithin)
                loader.Write(NoDump);
            throw;
        }
        finally
        {
            _read.Dispose();
        }
    }

    private void Feed(DumpRecord record, long loaded)
    {
        if (!_hasBegun && record.Kind != DumpRecordKind.Format)
            throw new DumpException(null, DumpReader.NoDump);
        _hasBegun = true;
        if (record.Kind == DumpRecordKind.Uuid && Guid.TryParse(record.Value, out var uuid))
            Uuid ??= uuid;
        if (record.Kind is DumpRecordKind.Uuid or DumpRecordKind.Format)
        {
            _loader.Write(record.Head.Span);
            return;
        }

        if (record.Kind == DumpRecordKind.Revision)
            Begin(loaded);
        _read.AppendData(record.Head.Span);
        // Revision 0 is there as soon as the repository is, and has nothing but properties.
        if (reader.Revision <= loaded && reader.Revision != 0)
            reader.ReadContent(piece => _read.AppendData(piece));
        else if (record.Kind == DumpRecordKind.Revision && authors is not null)
            PassMapped(record, authors);
        else
            Pass(record);
    }

    private void Begin(long loaded)
    {
        var number = reader.Revision!.Value;
        if (number > 1 && journal.IsUnbegun)
            throw new DumpException(null, string.Create(CultureInfo.InvariantCulture, $"the dump begins with revision {number}; only one that begins with revision 0 or 1 makes a whole repository"));
        journal.Begin(number);
        if (number > journal.First)
            EndRevision(loaded, number - 1);
    }

    private void EndRevision(long loaded)
    {
        if (reader.Revision is { } last)
            EndRevision(loaded, last);
    }

    // Written down before the loader can commit it: of each revision that is there, it is known what it came from.
    private void EndRevision(long loaded, long revision)
    {
        Span<byte> digest = stackalloc byte[RevisionJournal.DigestSize];
        _read.GetCurrentHash(digest);
        if (revision > loaded || loaded == 0)
            journal.Write(revision, digest);
        else if (!journal.Says(revision, digest))
            throw Another(revision);
    }

    private static DumpException Another(long revision) => new(null, string.Create(
        CultureInfo.InvariantCulture, $"this is another dump than the one that was begun with: it differs at or before revision {revision}. Continue with the same one, or with one that is the same up to there."));

    private void Pass(DumpRecord record)
    {
        _loader.Write(record.Head.Span);
        _isWithin = record.ContentLength > 0;
        reader.ReadContent(piece =>
        {
            _read.AppendData(piece);
            _loader.Write(piece);
        });
        _isWithin = false;
        _loader.WriteByte((byte)'\n');
    }

    private void PassMapped(DumpRecord record, AuthorMap map)
    {
        if (!AuthorMap.Holds(record))
            throw reader.Broken("its properties are longer than any that somebody wrote");
        using var content = new MemoryStream((int)record.ContentLength);
        reader.ReadContent(piece =>
        {
            _read.AppendData(piece);
            content.Write(piece);
        });
        try
        {
            var properties = content.GetBuffer().AsSpan(0, (int)content.Length);
            var (head, mapped) = map.Map(record, properties) ?? (record.Head.ToArray(), properties.ToArray());
            _loader.Write(head);
            _loader.Write(mapped);
            _loader.WriteByte((byte)'\n');
        }
        catch (FormatException exception)
        {
            throw reader.Broken(exception.Message);
        }
    }
}
