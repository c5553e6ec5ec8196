using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>A path that rules can be made for: absolute, in libsvn's canonical form, and such that a section of an access file can carry it.</summary>
internal readonly record struct RulePath
{
    /// <summary>The longest path, in bytes of UTF-8.</summary>
    internal const int MaxBytes = 4000;

    /// <summary>The whole repository.</summary>
    internal static readonly RulePath Root = new("/");

    private RulePath(string value) => Value = value;

    /// <summary>The path, starting with a slash; only the root ends in one.</summary>
    internal string Value { get; }

    /// <summary>Parses a path; a slash at its end is taken off, everything else must be as libsvn writes it.</summary>
    internal static bool TryParse(string? text, out RulePath path, [NotNullWhen(false)] out string? refusal)
    {
        var trimmed = text is { Length: > 1 } && text[^1] == '/' ? text[..^1] : text;
        refusal = Refuse(trimmed);
        path = refusal is null ? new RulePath(trimmed!) : default;
        return refusal is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    private static string? Refuse(string? text) => text switch
    {
        null or "" or not ['/', ..] => "A path starts with a slash, such as /trunk/docs.",
        "/" => null,
        _ when Encoding.UTF8.GetByteCount(text) > MaxBytes => $"A path has at most {MaxBytes} bytes.",
        _ when PlainText.Refuse(text, "A path", int.MaxValue) is { } sentence => sentence,
        _ when text[1..].Split('/').Any(segment => segment is "" or "." or "..") => "A path has no empty segments and no '.' or '..'.",
        // The parser of access files takes the first ']' for the end of the section, and cuts white space around it.
        _ when text.Contains(']', StringComparison.Ordinal) => "An access file cannot name a path with ']'; make the rule for the directory above it.",
        _ when char.IsWhiteSpace(text[^1]) => "An access file cannot name a path that ends in white space; make the rule for the directory above it.",
        _ => null,
    };
}
