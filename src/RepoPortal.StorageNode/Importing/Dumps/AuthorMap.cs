using System.Globalization;
using System.Text;

namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>Puts other names in the place of authors, in the properties of a dump's revisions.</summary>
/// <param name="nameOf">The name of an author; null when it stays as it is.</param>
internal sealed class AuthorMap(Func<string, string?> nameOf)
{
    private const int LongestProperties = 64 * 1024 * 1024;

    /// <summary>The record of a revision with its author mapped, head and content.</summary>
    /// <param name="record">The record.</param>
    /// <param name="content">Its content.</param>
    /// <returns>Null when it stays as it is.</returns>
    /// <exception cref="FormatException">The content is no list of properties.</exception>
    public (byte[] Head, byte[] Content)? Map(DumpRecord record, ReadOnlySpan<byte> content)
    {
        if (FindAuthor(content) is not { } found || nameOf(Encoding.UTF8.GetString(content[found.Value])) is not { } name)
            return null;
        var value = Encoding.UTF8.GetBytes(name);
        byte[] mapped =
        [
            .. content[..found.Entry.Start],
            .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"K 10\nsvn:author\nV {value.Length}\n")),
            .. value,
            .. content[found.Value.End..],
        ];
        return (Resize(record.Head.Span, mapped.Length - content.Length), mapped);
    }

    /// <summary>Whether the content of such a record is held in memory; a longer one cannot be a list of properties that anybody wrote.</summary>
    public static bool Holds(DumpRecord record) => record.ContentLength <= LongestProperties;

    // "K 10\nsvn:author\nV 3\nada\n", among others, before "PROPS-END\n". Property deletions ("D 4") belong to nodes only.
    private static (Range Entry, Range Value)? FindAuthor(ReadOnlySpan<byte> content)
    {
        var at = 0;
        while (at < content.Length && !content[at..].StartsWith("PROPS-END"u8))
        {
            var entry = at;
            var key = Next(content, 'K', ref at);
            var value = Next(content, 'V', ref at);
            if (content[key].SequenceEqual("svn:author"u8))
                return (entry..at, value);
        }

        return null;
    }

    private static Range Next(ReadOnlySpan<byte> content, char kind, ref int at)
    {
        var end = content[at..].IndexOf((byte)'\n');
        if (end < 3 || content[at] != kind || !int.TryParse(content.Slice(at + 2, end - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || at + end + 1 + (long)length >= content.Length)
        {
            throw new FormatException("its properties are malformed");
        }

        var start = at + end + 1;
        at = start + length + 1;
        return start..(start + length);
    }

    private static byte[] Resize(ReadOnlySpan<byte> head, int by)
    {
        var lines = Encoding.UTF8.GetString(head).Split('\n').Select(line =>
            line.StartsWith("Prop-content-length: ", StringComparison.Ordinal) || line.StartsWith("Content-length: ", StringComparison.Ordinal) ? Longer(line, by) : line);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static string Longer(string line, int by)
    {
        var value = line.IndexOf(": ", StringComparison.Ordinal) + 2;
        return string.Create(CultureInfo.InvariantCulture, $"{line[..value]}{long.Parse(line.AsSpan(value), CultureInfo.InvariantCulture) + by}");
    }
}
