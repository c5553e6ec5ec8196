using System.Text;
using System.Text.Unicode;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>A file's content, if it is text that can be compared.</summary>
/// <param name="Content"><see cref="DiffContent.Lines"/>, or why it cannot be compared.</param>
/// <param name="Raw">As it is stored; empty when it is not text.</param>
/// <param name="Utf8">The same text in UTF-8.</param>
internal sealed record FileText(DiffContent Content, byte[] Raw, byte[] Utf8)
{
    /// <summary>The largest file that is compared.</summary>
    public const int MostBytes = 8 << 20;

    /// <summary>Nothing: what is added is compared with it.</summary>
    public static readonly FileText Empty = new(DiffContent.Lines, [], []);

    private const int LookedAt = 8192;

    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".ico"];

    // What svn takes for binary because it is not called text/…, and is text all the same.
    private static readonly string[] TextTypes =
        ["application/json", "application/xml", "application/javascript", "application/x-sh", "application/x-tex", "application/sql", "image/svg+xml", "image/x-xbitmap", "image/x-xpixmap"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="SvnException">It is not a file, or cannot be read.</exception>
    public static FileText Read(SightedHistory history, PathAtRevision place)
    {
        using var stream = history.Look.OpenFile(history.At(place.Revision), place.Path);
        var isPicture = PictureEndings.Contains(Path.GetExtension(place.Path), StringComparer.OrdinalIgnoreCase);
        if (stream.Length > MostBytes)
            return new FileText(isPicture ? DiffContent.Picture : DiffContent.TooLarge, [], []);
        var type = history.Look.GetProperties(history.At(place.Revision), place.Path).GetValueOrDefault("svn:mime-type")?.StringValue;
        var raw = new byte[stream.Length];
        for (var read = 0; read < raw.Length; read += stream.Read(raw.AsSpan(read, Math.Min(raw.Length - read, LookedAt * 16))))
            history.Cancellation.ThrowIfCancellationRequested();
        return Decode(raw) is { } text && (text.IsMarked || !IsBinary(type))
            ? new FileText(DiffContent.Lines, raw, text.Utf8)
            : new FileText(isPicture ? DiffContent.Picture : DiffContent.Binary, [], []);
    }

    // As svn_mime_type_is_binary has it, but for what is text by another name.
    private static bool IsBinary(string? type) =>
        type is not null && !type.StartsWith("text/", StringComparison.Ordinal) && !TextTypes.Contains(type.Split(';')[0].Trim(), StringComparer.Ordinal);

    /// <summary>UTF-16 where it says so by its first two bytes, otherwise UTF-8, otherwise Latin-1; null when it is no text.</summary>
    private static (byte[] Utf8, bool IsMarked)? Decode(byte[] raw) => raw switch
    {
        [0xFF, 0xFE, ..] when raw.Length % 2 == 0 => (Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(raw, 2, raw.Length - 2)), true),
        [0xFE, 0xFF, ..] when raw.Length % 2 == 0 => (Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(raw, 2, raw.Length - 2)), true),
        _ when raw.AsSpan().Contains((byte)0) => null,
        _ => (System.Text.Unicode.Utf8.IsValid(raw) ? raw : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(raw)), false),
    };
}
