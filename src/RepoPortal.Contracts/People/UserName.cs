using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Contracts.People;

/// <summary>The name a person signs in with, and the author of their commits.</summary>
/// <remarks>
/// 2 to 32 characters out of <c>a-z 0-9 - _ .</c>, starting with a letter. Access files give a meaning to <c>@ &amp; $ ~ * = : # [ ]</c> and to white
/// space; none of them can occur. Subversion compares names with case, so there is only one case.
/// </remarks>
[GenerateSerializer, Immutable]
public readonly record struct UserName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 32;

    /// <summary>Whom the gateway names to httpd when a public repository is read without credentials; nobody can have this name.</summary>
    public const string AnonymousValue = "anonymous";

    private UserName(string value) => Value = value;

    /// <summary>The name as written, never empty for a parsed name.</summary>
    [Id(0)]
    public string Value { get; private init; }

    /// <summary>Parses <paramref name="text"/>, which must be spelled exactly (no trimming, no change of case).</summary>
    /// <param name="text">What somebody typed.</param>
    /// <param name="name">The name when the answer is true.</param>
    /// <param name="refusal">A sentence saying what is wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out UserName name, [NotNullWhen(false)] out string? refusal)
    {
        refusal = Refuse(text);
        name = refusal is null ? new UserName(text!) : default;
        return refusal is null;
    }

    /// <summary>Parses a name that is known to be good, such as one read from the record.</summary>
    /// <exception cref="FormatException">The text is not a user name.</exception>
    public static UserName Parse(string text) =>
        TryParse(text, out var name, out var refusal) ? name : throw new FormatException(refusal);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    private static string? Refuse(string? text) => text switch
    {
        null or "" => "Choose a user name.",
        { Length: < 2 or > MaxLength } => "A user name has 2 to 32 characters.",
        _ when !NameGrammar.IsAllowed(text) => "A user name consists of lower-case letters, digits, '-', '_' and '.'.",
        _ when !char.IsAsciiLetterLower(text[0]) => "A user name starts with a letter.",
        _ when Reserved.Contains(text) => $"'{text}' is a reserved word; choose another user name.",
        _ => null,
    };

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        AnonymousValue, "anyone", "authenticated", "everyone", "nobody", "operator", "repoportal", "system",
    };
}
