using System.Globalization;
using System.Text;

namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>
/// Reads a dump record by record, from a stream that cannot go back. Of content it holds no more than its buffer; numbers of revisions follow each other without a gap.
/// </summary>
internal sealed class DumpReader(Stream source)
{
    /// <summary>What is said of something that is no dump at all.</summary>
    public const string NoDump = "this is no dump of a Subversion repository, as 'svnadmin dump' writes it";

    private const int BufferSize = 128 * 1024;
    private const string Magic = "SVN-fs-dump-format-version";

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly List<byte> _head = new(512);
    private int _start;
    private int _end;
    private long _unread;

    /// <summary>The revision whose records are being read; null before the first.</summary>
    public long? Revision { get; private set; }

    /// <summary>Reads the head of the next record, after skipping what is left of the one before.</summary>
    /// <returns>Null at the end of the dump.</returns>
    /// <exception cref="DumpException">The dump is cut off or malformed here.</exception>
    public DumpRecord? ReadHead()
    {
        ReadContent(static _ => { });
        if (!SkipEmptyLines())
            return null;
        _head.Clear();
        var isFirst = true;
        var (name, value) = ("", "");
        var lengths = default(DumpLengths);
        while (ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(": "u8);
            if (colon <= 0)
                throw Broken($"'{Shown(line)}' is no line of a dump");
            if (isFirst)
                (name, value) = (Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(line[(colon + 2)..]));
            else if (!lengths.TryTake(line[..colon], line[(colon + 2)..]))
                throw Broken($"'{Shown(line)}' names no length");
            isFirst = false;
        }

        return Begin(new DumpRecord(KindOf(name), _head.ToArray(), value, lengths.Content));
    }

    /// <summary>Hands on the present record's content in pieces; each is good until the next one.</summary>
    /// <exception cref="DumpException">The dump is cut off here.</exception>
    public void ReadContent(Action<ReadOnlySpan<byte>> onPiece)
    {
        while (_unread > 0)
        {
            if (_start == _end && !Fill())
                throw EndsEarly();
            var length = (int)Math.Min(_unread, _end - _start);
            onPiece(_buffer.AsSpan(_start, length));
            _start += length;
            _unread -= length;
        }
    }

    /// <summary>Says what is wrong with the dump, with the revision in which that shows.</summary>
    public DumpException Broken(string reason) => new(Revision, reason);

    private DumpRecord Begin(DumpRecord record)
    {
        if (record.Kind == DumpRecordKind.Format && record.Value is not ("1" or "2" or "3"))
            throw new DumpException(null, $"the dump is of format '{record.Value}', and only the formats 1 to 3 are known");
        if (record.Kind == DumpRecordKind.Revision)
            Follow(record.Value);
        if (record.Kind == DumpRecordKind.Node && Revision is null)
            throw Broken("the dump has a path before the first revision");
        _unread = record.ContentLength;
        return record;
    }

    private void Follow(string value)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Broken($"'{value}' is no number of a revision");
        if (Revision is { } before && number != before + 1)
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"revision {number} follows it in the dump, and numbers are kept as they are"));
        Revision = number;
    }

    private DumpRecordKind KindOf(string name) => name switch
    {
        Magic => DumpRecordKind.Format,
        "UUID" => DumpRecordKind.Uuid,
        "Revision-number" => DumpRecordKind.Revision,
        "Node-path" => DumpRecordKind.Node,
        _ => throw Broken($"a record that begins with '{Shown(Encoding.UTF8.GetBytes(name))}' is not known"),
    };

    /// <returns>False at the end of the dump.</returns>
    private bool SkipEmptyLines()
    {
        while (_start < _end || Fill())
        {
            if (_buffer[_start] != (byte)'\n')
                return true;
            _start++;
        }

        return false;
    }

    // Without its line end, which goes into the head, too.
    private ReadOnlySpan<byte> ReadLine()
    {
        var before = _head.Count;
        while (_start < _end || Fill())
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var end = rest.IndexOf((byte)'\n');
            _head.AddRange(end < 0 ? rest : rest[..(end + 1)]);
            _start += end < 0 ? rest.Length : end + 1;
            if (_head.Count > BufferSize)
                throw Broken(Revision is null ? NoDump : "a record in it begins with more than any path can be long");
            if (end >= 0)
                return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_head)[before..^1];
        }

        throw EndsEarly();
    }

    private bool Fill()
    {
        (_start, _end) = (0, source.Read(_buffer, 0, _buffer.Length));
        return _end > 0;
    }

    private DumpException EndsEarly() => Broken(Revision is null ? NoDump : "the dump ends in the middle of it");

    private static string Shown(ReadOnlySpan<byte> line) =>
        string.Concat(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 40)]).Where(letter => !char.IsControl(letter)));
}
