using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace RepoPortal.Portal.People.SecondFactor;

/// <summary>Codes for the day the authenticator app is lost: each signs in once. Identity would keep them as they are; here only their digests are.</summary>
internal sealed class RecoveryCodes(UserManager<User> users)
{
    /// <summary>How many are made at a time.</summary>
    internal const int Count = 10;

    private const string Provider = "RepoPortal";
    private const string Token = "RecoveryCodes";

    // No characters that look like others. Ten of them hold 47 random bits, so a plain digest does.
    private const string Alphabet = "23456789BCDFGHJKMNPQRTVWXY";
    private const int Length = 10;

    /// <summary>Makes new ones in the place of those there are, and gives them out this once.</summary>
    internal async Task<IReadOnlyList<string>> ReplaceAsync(User user)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Length)).ToList();
        await WriteAsync(user, codes.Select(Digest));
        return [.. codes.Select(code => $"{code[..(Length / 2)]}-{code[(Length / 2)..]}")];
    }

    /// <summary>How many are left.</summary>
    internal async Task<int> CountAsync(User user) => (await ReadAsync(user)).Length;

    /// <summary>Uses one up; of two at once, one succeeds.</summary>
    internal async Task<bool> RedeemAsync(User user, string code)
    {
        var (kept, digest) = (await ReadAsync(user), Digest(code));
        return kept.Contains(digest, StringComparer.Ordinal) && (await WriteAsync(user, kept.Where(other => other != digest))).Succeeded;
    }

    /// <summary>Takes all of them away.</summary>
    internal Task RemoveAsync(User user) => users.RemoveAuthenticationTokenAsync(user, Provider, Token);

    private async Task<string[]> ReadAsync(User user) =>
        (await users.GetAuthenticationTokenAsync(user, Provider, Token) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Task<IdentityResult> WriteAsync(User user, IEnumerable<string> digests) =>
        users.SetAuthenticationTokenAsync(user, Provider, Token, string.Join(' ', digests));

    private static string Digest(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]))));
}
