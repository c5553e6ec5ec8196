using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace RepoPortal.Contracts.Access;

/// <summary>The SHA-256 of a token's text: a value that compares in four machine words, since the gateway looks one up on every request.</summary>
[GenerateSerializer, Immutable]
public readonly record struct TokenDigest(
    [property: Id(0)] ulong A, [property: Id(1)] ulong B, [property: Id(2)] ulong C, [property: Id(3)] ulong D)
{
    /// <summary>Hashes a token's text.</summary>
    public static TokenDigest Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return FromBytes(hash);
    }

    /// <summary>Reads the 32 bytes that <see cref="ToBytes"/> wrote.</summary>
    public static TokenDigest FromBytes(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        return new TokenDigest(words[0], words[1], words[2], words[3]);
    }

    /// <summary>The 32 bytes of the hash, as stored in the record.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes<ulong>([A, B, C, D]).ToArray();
}
