using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Gateway.Targets;

/// <summary>A path at or under <c>/repos</c>, spelled so that httpd can resolve it to no other repository than we do.</summary>
/// <remarks>
/// httpd decodes percent escapes once, removes dot segments before and after that, and merges slashes (<c>ap_normalize_path</c>, <c>ap_unescape_url</c> and
/// <c>ap_getparents</c> in its <c>server/util.c</c>). The path is handed on byte for byte, because decoding and encoding it again breaks names with
/// <c>%</c>, <c>?</c>, <c>#</c> or brackets; so whatever those steps would change in the structure of the path is refused instead of repaired.
/// </remarks>
internal sealed class RepositoryPath
{
    internal const string Root = "/repos";

    private RepositoryPath(string text, RepositoryName? name, int nameEnd)
    {
        Text = text;
        Name = name;
        IsRoot = text.Length <= Root.Length + 1;
        InRepository = text[Math.Min(nameEnd, text.Length)..];
    }

    /// <summary>The path as the client spelled it, without a query.</summary>
    internal string Text { get; }

    /// <summary>The repository; null when the segment is no possible name, so that there is no such repository.</summary>
    internal RepositoryName? Name { get; }

    /// <summary>True for <c>/repos</c> itself, with or without a slash.</summary>
    internal bool IsRoot { get; }

    /// <summary>What follows the name: empty, <c>/</c>, or a path such as <c>/trunk/a%20file</c>.</summary>
    internal string InRepository { get; }

    /// <summary>True when this text stands at or under <c>/repos</c>; says nothing about whether it is well formed.</summary>
    internal static bool IsUnderRoot(ReadOnlySpan<char> path) =>
        path.StartsWith(Root, StringComparison.Ordinal) && (path.Length == Root.Length || path[Root.Length] is '/' or '?' or '#');

    /// <summary>Parses a path without a query, for which <see cref="IsUnderRoot"/> holds.</summary>
    /// <param name="text">The path as spelled by the client.</param>
    /// <param name="path">The path when the answer is true.</param>
    /// <param name="refusal">A sentence saying what is wrong when the answer is false.</param>
    internal static bool TryParse(string text, [NotNullWhen(true)] out RepositoryPath? path, [NotNullWhen(false)] out string? refusal)
    {
        path = null;
        if (!IsUnderRoot(text))
        {
            refusal = $"A repository's address starts with {Root}/.";
            return false;
        }

        refusal = RefuseSegments(text.AsSpan(Math.Min(Root.Length + 1, text.Length)));
        if (refusal is not null)
            return false;

        var nameStart = Math.Min(Root.Length + 1, text.Length);
        var slash = text.IndexOf('/', nameStart);
        var nameEnd = slash < 0 ? text.Length : slash;
        var segment = text[nameStart..nameEnd];
        if (segment.Contains('%', StringComparison.Ordinal))
        {
            refusal = "A repository's name is written without percent escapes.";
            return false;
        }

        path = new RepositoryPath(text, RepositoryName.TryParse(segment, out var name, out _) ? name : null, nameEnd);
        return true;
    }

    private static string? RefuseSegments(ReadOnlySpan<char> segments)
    {
        while (true)
        {
            var slash = segments.IndexOf('/');
            if (slash < 0)
                return RefuseSegment(segments); // the last one may be empty: a trailing slash
            if (slash == 0)
                return "An address does not contain two slashes in a row.";
            if (RefuseSegment(segments[..slash]) is { } refusal)
                return refusal;
            segments = segments[(slash + 1)..];
        }
    }

    private static string? RefuseSegment(ReadOnlySpan<char> segment)
    {
        var length = 0;
        var dots = 0;
        for (var i = 0; i < segment.Length; i++, length++)
        {
            int character = segment[i];
            if (character == '%')
            {
                if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
                    return "A percent sign in an address is followed by two hexadecimal digits; the sign itself is written '%25'.";
                character = byte.Parse(segment.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                if (character is '/' or 0)
                    return "An address does not contain an encoded slash or a NUL character.";
                i += 2;
            }
            else if (character is '\\' or '#' or <= ' ' or > '~')
            {
                return "Backslashes, '#', white space and characters outside ASCII are written as percent escapes in an address.";
            }

            if (character == '.')
                dots++;
        }

        return length == dots && length is (1 or 2) ? "An address does not contain '.' or '..' as a segment, plain or encoded." : null;
    }
}
