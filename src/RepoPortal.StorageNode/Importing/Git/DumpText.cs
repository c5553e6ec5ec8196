using System.Globalization;
using System.Text;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>The records of a dump of format 2, as "notes/dump-load-format.txt" in Subversion's source has them.</summary>
internal static class DumpText
{
    /// <summary>What a dump begins with.</summary>
    public static readonly byte[] Beginning = "SVN-fs-dump-format-version: 2\n\n"u8.ToArray();

    /// <summary>What is after the text of a file.</summary>
    public static readonly byte[] End = "\n\n"u8.ToArray();

    /// <summary>A revision.</summary>
    public static byte[] Revision(long number, GitPerson? author, DateTimeOffset date, string message)
    {
        var properties = Properties(
        [
            .. author is null ? Array.Empty<(string, string)>() : [("svn:author", author.Words)],
            ("svn:date", date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
            ("svn:log", message),
        ]);
        return [.. Bytes(string.Create(CultureInfo.InvariantCulture, $"Revision-number: {number}\nProp-content-length: {properties.Length}\nContent-length: {properties.Length}\n\n")), .. properties, (byte)'\n'];
    }

    /// <summary>A directory that is made.</summary>
    public static byte[] AddDirectory(string path) => Bytes($"Node-path: {path}\nNode-kind: dir\nNode-action: add\n\n\n");

    /// <summary>A directory that is a copy.</summary>
    public static byte[] CopyDirectory(string path, string from, long revision) =>
        Bytes(string.Create(CultureInfo.InvariantCulture, $"Node-path: {path}\nNode-kind: dir\nNode-action: add\nNode-copyfrom-rev: {revision}\nNode-copyfrom-path: {from}\n\n\n"));

    /// <summary>Something that goes, with everything in it.</summary>
    public static byte[] Delete(string path) => Bytes($"Node-path: {path}\nNode-action: delete\n\n\n");

    /// <summary>A file that is added or changed; its text follows.</summary>
    /// <param name="path">Where.</param>
    /// <param name="action">"add" or "change".</param>
    /// <param name="kind">What it is, for its properties; null when they stay.</param>
    /// <param name="length">The length of its text; null when it stays.</param>
    public static byte[] File(string path, string action, GitKind? kind, long? length)
    {
        var properties = kind is { } known ? Properties(Of(known)) : [];
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Node-path: {path}\nNode-kind: file\nNode-action: {action}\n");
        if (kind is not null)
            head.Append(CultureInfo.InvariantCulture, $"Prop-content-length: {properties.Length}\n");
        if (length is { } text)
            head.Append(CultureInfo.InvariantCulture, $"Text-content-length: {text}\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-length: {properties.Length + (length ?? 0)}\n\n");
        return [.. Bytes(head.ToString()), .. properties];
    }

    private static (string, string)[] Of(GitKind kind) => kind switch
    {
        GitKind.Executable => [("svn:executable", "*")],
        GitKind.Link => [("svn:special", "*")],
        _ => [],
    };

    private static byte[] Properties(IEnumerable<(string Name, string Value)> properties)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in properties)
            text.Append(CultureInfo.InvariantCulture, $"K {Encoding.UTF8.GetByteCount(name)}\n{name}\nV {Encoding.UTF8.GetByteCount(value)}\n{value}\n");
        return Bytes(text.Append("PROPS-END\n").ToString());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
