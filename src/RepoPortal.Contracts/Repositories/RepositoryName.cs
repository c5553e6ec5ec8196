using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Contracts.Repositories;

/// <summary>The name a repository is reached by, under <c>/repos/{name}</c> and <c>/r/{name}</c>.</summary>
/// <remarks>
/// 2 to 64 characters out of <c>a-z 0-9 - _ .</c>, starting with a letter or a digit. The grammar is narrow on purpose: a name stands unescaped in
/// addresses, in links on disk and in the working copy that <c>svn checkout</c> makes, so nothing in it may need quoting anywhere.
/// Upper case is not allowed, hence no two names can differ only in case.
/// </remarks>
[GenerateSerializer, Immutable]
public readonly record struct RepositoryName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    private RepositoryName(string value) => Value = value;

    /// <summary>The name as written, never empty for a parsed name.</summary>
    [Id(0)]
    public string Value { get; private init; }

    /// <summary>Parses <paramref name="text"/>, which must be spelled exactly (no trimming, no change of case).</summary>
    /// <param name="text">What somebody typed, or a segment of an address.</param>
    /// <param name="name">The name when the answer is true.</param>
    /// <param name="refusal">A sentence saying what is wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out RepositoryName name, [NotNullWhen(false)] out string? refusal)
    {
        refusal = Refuse(text);
        name = refusal is null ? new RepositoryName(text!) : default;
        return refusal is null;
    }

    /// <summary>Parses a name that is known to be good, such as one read from the record.</summary>
    /// <exception cref="FormatException">The text is not a repository name.</exception>
    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name, out var refusal) ? name : throw new FormatException(refusal);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    private static string? Refuse(string? text) => text switch
    {
        null or "" => "Give the repository a name.",
        { Length: < 2 or > MaxLength } => "A name has 2 to 64 characters.",
        _ when !NameGrammar.IsAllowed(text) => "A name consists of lower-case letters, digits, '-', '_' and '.'.",
        _ when !char.IsAsciiLetterOrDigit(text[0]) => "A name starts with a letter or a digit.",
        _ when text.Contains("..", StringComparison.Ordinal) || text[^1] == '.' => "A name has no two dots in a row and does not end in a dot.",
        _ when text.EndsWith(".lock", StringComparison.Ordinal) => "A name does not end in '.lock'.",
        _ when Reserved.Contains(text.Split('.')[0]) => $"'{text}' is a reserved word; choose another name.",
        _ => null,
    };

    // Device names make a working copy of that name impossible on Windows; the others would read as pages of the portal.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
        "admin", "api", "new", "repos", "repositories",
    };
}
