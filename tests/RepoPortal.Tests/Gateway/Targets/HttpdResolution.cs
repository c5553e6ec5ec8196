using System.Globalization;
using System.Text;

namespace RepoPortal.Tests.Gateway.Targets;

/// <summary>
/// What httpd makes of a path, written after its source: ap_normalize_path with AP_NORMALIZE_DECODE_UNRESERVED, ap_unescape_url, ap_getparents and ap_no2slash
/// as <c>ap_process_request_internal</c> calls them; then the first segment below <c>SVNParentPath</c>, as mod_dav_svn takes it.
/// </summary>
internal static class HttpdResolution
{
    /// <summary>The segments after <c>/repos</c>; null when httpd refuses the path or it leads elsewhere.</summary>
    public static string[]? Of(string path)
    {
        if (Unescape(DecodeUnreserved(path)) is not { } decoded)
            return null;
        var segments = new List<string>();
        foreach (var segment in decoded.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                if (segments.Count == 0)
                    return null;
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return segments is ["repos", .. var rest] ? [.. rest] : null;
    }

    private static string DecodeUnreserved(string path) => Decode(path, static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')!;

    private static string? Unescape(string path)
    {
        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (!IsEscape(path, i))
                return null;
        }

        var refused = false;
        var decoded = Decode(path, c => c is '/' or '\0' ? !(refused = true) : true);
        return refused ? null : decoded;
    }

    private static string Decode(string path, Func<char, bool> wanted)
    {
        var result = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && IsEscape(path, i)
                && (char)int.Parse(path.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var character && wanted(character))
            {
                result.Append(character);
                i += 2;
            }
            else
            {
                result.Append(path[i]);
            }
        }

        return result.ToString();
    }

    private static bool IsEscape(string path, int i) => i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]);
}
