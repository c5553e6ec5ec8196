using System.Text;
using RepoPortal.Contracts.History;

namespace RepoPortal.StorageNode.History;

/// <summary>A text in UTF-8, by its lines.</summary>
internal sealed class TextLines
{
    /// <summary>The longest line that is handed on whole, in bytes.</summary>
    public const int LongestLine = 2000;

    private readonly byte[] _text;
    private readonly List<int> _ends = [];

    public TextLines(byte[] text)
    {
        _text = text;
        for (var at = 0; at < text.Length;)
        {
            var end = text.AsSpan(at).IndexOf((byte)'\n');
            at = end < 0 ? text.Length : at + end + 1;
            _ends.Add(at);
        }
    }

    /// <summary>How many lines.</summary>
    public int Count => _ends.Count;

    /// <summary>A line with its end.</summary>
    public ReadOnlySpan<byte> this[int line] => _text.AsSpan((line == 0 ? 0 : _ends[line - 1]).._ends[line]);

    /// <summary>A line to be shown.</summary>
    public DiffLine Describe(int line, DiffSide side)
    {
        var bytes = this[line];
        var end = bytes switch { [.., (byte)'\r', (byte)'\n'] => LineEnd.CrLf, [.., (byte)'\n'] => LineEnd.Lf, _ => LineEnd.File };
        bytes = bytes[..^(end switch { LineEnd.CrLf => 2, LineEnd.Lf => 1, _ => 0 })];
        return new DiffLine(side, TextOf(bytes), end, bytes.Length > LongestLine ? bytes.Length : 0);
    }

    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        if (length > LongestLine)
        {
            // Not between the bytes of a character.
            length = LongestLine;
            while (length > 0 && (bytes[length] & 0xC0) == 0x80)
                length--;
        }

        return Encoding.UTF8.GetString(bytes[..length]);
    }
}
