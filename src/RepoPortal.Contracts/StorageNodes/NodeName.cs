using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Contracts.StorageNodes;

/// <summary>The name of a storage node: 1 to 32 characters out of <c>a-z 0-9 -</c>, starting with a letter.</summary>
public readonly record struct NodeName
{
    private NodeName(string value) => Value = value;

    /// <summary>The name as written; the key of the node's grain.</summary>
    public string Value { get; }

    /// <summary>Parses a name from configuration.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeName name)
    {
        var good = text is { Length: >= 1 and <= 32 } && char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        name = good ? new NodeName(text!) : default;
        return good;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
