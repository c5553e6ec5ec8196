using System.Buffers;
using System.Net.Mime;
using System.Text;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>The text of a file, and how its bytes were read.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="Charset">The encoding's name, as HTTP has it.</param>
internal sealed record FileText(string Text, string Charset)
{
    // As much as is looked at for what no text has; the same as git and diff.
    private const int Sample = 8000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding for people: UTF-8, UTF-16, Latin-1.</summary>
    internal string Encoding => Charset switch { "utf-8" => "UTF-8", "utf-16le" => "UTF-16 LE", "utf-16be" => "UTF-16 BE", "iso-8859-1" => "Latin-1", _ => Charset };

    /// <summary>
    /// Reads bytes as text: by their byte order mark, by what the media type says, as UTF-8 if they are that, and otherwise as Latin-1, in which everything is
    /// something. Null when they are no text.
    /// </summary>
    /// <param name="bytes">The file, or its beginning.</param>
    /// <param name="isWhole">Whether that is all of it; otherwise a character may be cut off at the end.</param>
    /// <param name="mediaType">What its committer says it is; null for nothing.</param>
    internal static FileText? Decode(ReadOnlySpan<byte> bytes, bool isWhole, string? mediaType)
    {
        var said = Parse(mediaType);
        if (said is { MediaType: "application/octet-stream" })
            return null;
        if (bytes.StartsWith(System.Text.Encoding.UTF8.Preamble))
            return TryUtf8(bytes[3..], isWhole) is { } marked ? new FileText(marked, "utf-8") : Latin1(bytes);
        if (bytes.StartsWith(System.Text.Encoding.Unicode.Preamble))
            return new FileText(System.Text.Encoding.Unicode.GetString(Even(bytes[2..])), "utf-16le");
        if (bytes.StartsWith(System.Text.Encoding.BigEndianUnicode.Preamble))
            return new FileText(System.Text.Encoding.BigEndianUnicode.GetString(Even(bytes[2..])), "utf-16be");
        var charset = said?.CharSet;
        if (charset is "utf-16le" or "utf-16be")
            return new FileText((charset == "utf-16le" ? System.Text.Encoding.Unicode : System.Text.Encoding.BigEndianUnicode).GetString(Even(bytes)), charset);
        if (LooksBinary(bytes[..Math.Min(bytes.Length, Sample)]))
            return null;
        if (charset is "iso-8859-1" or "latin1" or "latin-1")
            return Latin1(bytes);
        return TryUtf8(bytes, isWhole) is { } text ? new FileText(text, "utf-8") : Latin1(bytes);
    }

    private static FileText Latin1(ReadOnlySpan<byte> bytes) => new(System.Text.Encoding.Latin1.GetString(bytes), "iso-8859-1");

    private static ReadOnlySpan<byte> Even(ReadOnlySpan<byte> bytes) => bytes[..(bytes.Length & ~1)];

    private static string? TryUtf8(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        try
        {
            return StrictUtf8.GetString(isWhole ? bytes : WithoutCutCharacter(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if (Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData)
                return bytes[..^length];
        }

        return bytes;
    }

    // A null, or more control characters than any text has.
    private static bool LooksBinary(ReadOnlySpan<byte> sample)
    {
        var controls = 0;
        foreach (var value in sample)
        {
            if (value == 0)
                return true;
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\b' or 0x1b))
                controls++;
        }

        return controls * 20 > sample.Length;
    }

    private static ContentType? Parse(string? mediaType)
    {
        try
        {
            return mediaType is null ? null : new ContentType(mediaType.ToLowerInvariant());
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
