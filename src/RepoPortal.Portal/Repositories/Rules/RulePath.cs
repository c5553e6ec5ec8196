using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>A path that rules can be made for: absolute, in libsvn's canonical form, and such that a section of an access file can carry it.</summary>
public readonly record struct RulePath
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
        // The parser of access files takes the first ']' for the end of the section's name. White space and everything else is the name's.
        refusal = RefusePath(text, out var canonical) ?? (canonical.Contains(']', StringComparison.Ordinal)
            ? "An access file cannot name a path with ']'; make the rule for the directory above it."
            : null);
        path = refusal is null ? new RulePath(canonical) : default;
        return refusal is null;
    }

    /// <summary>A sentence when <paramref name="text"/> is no path at all, whether rules can be made for it or not; otherwise null.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="canonical">The path without a slash at its end.</param>
    internal static string? RefusePath(string? text, out string canonical)
    {
        canonical = text is { Length: > 1 } && text[^1] == '/' ? text[..^1] : text ?? "";
        return canonical switch
        {
            not ['/', ..] => "A path starts with a slash, such as /trunk/docs.",
            "/" => null,
            _ when PlainText.Refuse(canonical, "A path", int.MaxValue) is { } sentence => sentence,
            _ when Encoding.UTF8.GetByteCount(canonical) > MaxBytes => $"A path has at most {MaxBytes} bytes.",
            _ when canonical[1..].Split('/').Any(segment => segment is "" or "." or "..") => "A path has no empty segments and no '.' or '..'.",
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
