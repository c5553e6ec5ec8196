using System.Security.Cryptography;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>
/// What can be typed in place of following the link: 50 random bits in Crockford's base 32, in two groups of five. Case, hyphens and white space do not matter,
/// and letters that look like digits are read as those.
/// </summary>
internal static class InvitationCode
{
    internal const int Length = 10;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new code as it is shown: <c>7K2QX-M4T9B</c>.</summary>
    internal static string Create()
    {
        var characters = RandomNumberGenerator.GetString(Alphabet, Length);
        return $"{characters[..(Length / 2)]}-{characters[(Length / 2)..]}";
    }

    /// <summary>The digest that a typed code is found by; null when it cannot be one.</summary>
    internal static TokenDigest? DigestOf(string? typed)
    {
        var characters = string.Concat((typed ?? "").Where(character => character != '-' && !char.IsWhiteSpace(character)).Select(char.ToUpperInvariant).Select(Read));
        return characters.Length == Length && characters.All(Alphabet.Contains) ? TokenDigest.Of(characters) : null;
    }

    private static char Read(char character) => character switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        _ => character,
    };
}
