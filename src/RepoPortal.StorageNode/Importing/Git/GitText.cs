using System.Text;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>Texts of git's as Subversion takes them: git keeps bytes, Subversion UTF-8 without control characters.</summary>
internal static class GitText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A message with the line ends of Subversion, without those at its end.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="isUtf8">Whether it is UTF-8; what is not is read as Latin-1, in which everything is something.</param>
    public static string Message(ReadOnlySpan<byte> bytes, out bool isUtf8)
    {
        var text = Decode(bytes, out isUtf8).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n');
        return text.Any(IsRefused) ? string.Concat(text.Where(letter => !IsRefused(letter))) : text;
    }

    /// <summary>A name on one line.</summary>
    public static string Plain(string text) => string.Concat(text.Where(letter => !char.IsControl(letter))).Trim();

    /// <summary>The text, of UTF-8 or of Latin-1.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, out bool isUtf8)
    {
        try
        {
            isUtf8 = true;
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            isUtf8 = false;
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>The name of a file or directory. Bytes that Subversion takes in no path are written as %XX, and so are the names that mean something else to it.</summary>
    /// <param name="bytes">The name.</param>
    /// <param name="isSame">Whether it is what it was.</param>
    public static string Name(ReadOnlySpan<byte> bytes, out bool isSame)
    {
        if (bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8) || bytes.SequenceEqual(".svn"u8))
        {
            isSame = false;
            return $"%2E{Encoding.ASCII.GetString(bytes[1..])}";
        }

        isSame = true;
        var name = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isRune = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (isRune && !Rune.IsControl(rune) && rune.Value != '/')
                name.Append(rune);
            else
                (_, isSame) = (name.Append('%').AppendJoin('%', bytes[..length].ToArray().Select(value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))), false);
            bytes = bytes[length..];
        }

        return name.ToString();
    }

    private static bool IsRefused(char letter) => char.IsControl(letter) && letter is not ('\n' or '\t');
}
