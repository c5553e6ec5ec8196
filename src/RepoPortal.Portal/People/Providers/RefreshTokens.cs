using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Encrypts refresh tokens for the record: whoever has one can ask a provider about its person.</summary>
internal sealed class RefreshTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("RepoPortal.RefreshTokens");

    internal string Protect(string token) => _protector.Protect(token);

    /// <summary>The token; null when the keys that encrypted it are gone, such as after a restore without <c>keys/</c>.</summary>
    internal string? Unprotect(string text)
    {
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
