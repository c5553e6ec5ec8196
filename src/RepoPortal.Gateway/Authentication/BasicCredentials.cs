using System.Text;
using System.Text.Unicode;

namespace RepoPortal.Gateway.Authentication;

/// <summary>User name and password of the Basic scheme (RFC 7617), in UTF-8.</summary>
internal readonly record struct BasicCredentials(string Name, string Password)
{
    private const string Scheme = "Basic ";

    // Far more than any name and token need; a longer header is somebody's mistake.
    private const int MaxBytes = 512;

    /// <summary>False for every other scheme and for everything malformed.</summary>
    internal static bool TryParse(string? header, out BasicCredentials credentials)
    {
        credentials = default;
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        Span<byte> buffer = stackalloc byte[MaxBytes];
        if (!Convert.TryFromBase64Chars(header.AsSpan(Scheme.Length).Trim(), buffer, out var written))
            return false;
        ReadOnlySpan<byte> bytes = buffer[..written];
        var colon = bytes.IndexOf((byte)':');
        if (colon < 0 || !Utf8.IsValid(bytes))
            return false;
        credentials = new BasicCredentials(Encoding.UTF8.GetString(bytes[..colon]), Encoding.UTF8.GetString(bytes[(colon + 1)..]));
        return true;
    }

    /// <summary>The name alone: a password is not for logs.</summary>
    public override string ToString() => Name;
}
