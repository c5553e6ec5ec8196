using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>A token of Identity as it stands in the address of a link.</summary>
internal static class LinkCode
{
    internal static string Write(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    /// <returns>The token; null when it is none.</returns>
    internal static string? Read(string? code)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code ?? ""));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
