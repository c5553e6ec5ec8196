using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Contracts.People;

/// <summary>The name of a group, as grants, path rules and access files refer to it.</summary>
/// <remarks>The grammar is that of <see cref="UserName"/>, so that a group stands in an access file without quoting. Groups and people may share a name.</remarks>
[GenerateSerializer, Immutable]
public readonly record struct GroupName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 32;

    private GroupName(string value) => Value = value;

    /// <summary>The name as written, never empty for a parsed name.</summary>
    [Id(0)]
    public string Value { get; private init; }

    /// <summary>Parses <paramref name="text"/>, which must be spelled exactly (no trimming, no change of case).</summary>
    /// <param name="text">What somebody typed.</param>
    /// <param name="name">The name when the answer is true.</param>
    /// <param name="refusal">A sentence saying what is wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out GroupName name, [NotNullWhen(false)] out string? refusal)
    {
        refusal = text switch
        {
            null or "" => "Give the group a name.",
            { Length: < 2 or > MaxLength } => "A group's name has 2 to 32 characters.",
            _ when !NameGrammar.IsAllowed(text) => "A group's name consists of lower-case letters, digits, '-', '_' and '.'.",
            _ when !char.IsAsciiLetterLower(text[0]) => "A group's name starts with a letter.",
            _ => null,
        };
        name = refusal is null ? new GroupName(text!) : default;
        return refusal is null;
    }

    /// <summary>Parses a name that is known to be good, such as one read from the record.</summary>
    /// <exception cref="FormatException">The text is not a group's name.</exception>
    public static GroupName Parse(string text) =>
        TryParse(text, out var name, out var refusal) ? name : throw new FormatException(refusal);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
