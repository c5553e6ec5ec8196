using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace RepoPortal.Contracts.Access;

/// <summary>The secret that stands for a person at svn clients and at the REST API, in place of the web password.</summary>
/// <remarks>
/// <c>rpt_</c>, then 160 random bits and a CRC-32 of them, both in Crockford's base 32 (32 + 7 characters). The prefix lets secret scanners recognise a leaked
/// token; the checksum lets the gateway turn away typing errors and guesses without asking anybody. Only <see cref="Digest"/> is ever kept.
/// </remarks>
public sealed class AccessToken
{
    /// <summary>What every token starts with.</summary>
    public const string Prefix = "rpt_";

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SecretBytes = 20;
    private const int SecretChars = 32;
    private const int ChecksumChars = 7;

    private AccessToken(string text) => Text = text;

    /// <summary>The token itself. Shown once, never stored, never logged.</summary>
    public string Text { get; }

    /// <summary>What is stored and compared. The secret has 160 bits, so a plain hash cannot be searched and needs no salt.</summary>
    public TokenDigest Digest => TokenDigest.Of(Text);

    /// <summary>Makes a token out of fresh randomness.</summary>
    public static AccessToken Create()
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        var body = Encode(secret);
        return new AccessToken(Prefix + body + Checksum(body));
    }

    /// <summary>Recognises a token by its form and checksum; says nothing about whether it is valid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AccessToken? token)
    {
        token = null;
        if (text is null || text.Length != Prefix.Length + SecretChars + ChecksumChars || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var body = text.AsSpan(Prefix.Length, SecretChars);
        if (!text.AsSpan(Prefix.Length + SecretChars).SequenceEqual(Checksum(body)))
            return false;
        token = new AccessToken(text);
        return true;
    }

    /// <summary>The prefix and nothing of the secret, so that a token cannot be logged by accident.</summary>
    public override string ToString() => Prefix + "…";

    private static string Checksum(ReadOnlySpan<char> body)
    {
        Span<byte> ascii = stackalloc byte[SecretChars];
        if (!Encoding.ASCII.TryGetBytes(body, ascii, out _))
            return "";
        Span<byte> crc = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.HashToUInt32(ascii));
        return Encode(crc);
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var bits = 0;
        var buffer = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
