using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace RepoPortal.SystemTests.Providers;

/// <summary>What is wrong with the answers of a provider.</summary>
public enum Forgery
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The ID token is for another site.</summary>
    Audience,

    /// <summary>It names another issuer.</summary>
    Issuer,

    /// <summary>It answers another request.</summary>
    Nonce,

    /// <summary>Somebody else has signed it.</summary>
    Signature,

    /// <summary>It was valid until an hour ago.</summary>
    Expired,

    /// <summary>The token endpoint is down.</summary>
    Outage,
}

internal static class Forgeries
{
    private static readonly SigningCredentials SomebodyElse = new(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256);

    /// <summary>Makes an ID token that is about to be written wrong in one way.</summary>
    internal static void Apply(this Forgery forgery, SecurityTokenDescriptor token)
    {
        switch (forgery)
        {
            case Forgery.Audience:
                token.Audience = "another-site";
                token.Audiences.Clear();
                token.Claims?.Remove("aud");
                token.Audiences.Add("another-site");
                break;
            case Forgery.Issuer:
                token.Issuer = "https://elsewhere.example/";
                break;
            case Forgery.Nonce:
                token.Claims!["nonce"] = "of-another-request";
                token.Subject?.TryRemoveClaim(token.Subject.FindFirst("nonce"));
                break;
            case Forgery.Signature:
                token.SigningCredentials = SomebodyElse;
                break;
            case Forgery.Expired:
                token.IssuedAt = token.NotBefore = token.Expires!.Value.AddHours(-3);
                token.Expires = token.Expires.Value.AddHours(-2);
                break;
        }
    }
}
