using System.Security.Cryptography;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>What the link in an invitation proves: 160 random bits, in hexadecimal.</summary>
internal static class InvitationSecret
{
    private const int Bytes = 20;

    internal static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
