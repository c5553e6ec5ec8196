using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RepoPortal.Portal.People;

/// <summary>An e-mail address in the grammar that browsers check: ASCII, no quoting, no comments, so that it stands in a header as it is.</summary>
public readonly partial record struct EmailAddress
{
    private const int MaxLength = 254;

    private EmailAddress(string value) => Value = value;

    /// <summary>The address as typed.</summary>
    public string Value { get; }

    /// <summary>The form in which addresses are compared. Mailboxes that differ only in case do not exist in practice.</summary>
    internal string Normalized => UserQueries.Normalize(Value);

    /// <summary>Parses <paramref name="text"/>; white space around it is ignored.</summary>
    /// <param name="text">What somebody typed.</param>
    /// <param name="address">The address when the answer is true.</param>
    /// <param name="refusal">A sentence when the answer is false.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address, [NotNullWhen(false)] out string? refusal)
    {
        var trimmed = text?.Trim() ?? "";
        refusal = trimmed switch
        {
            "" => "Give an e-mail address.",
            { Length: > MaxLength } => $"An e-mail address has at most {MaxLength} characters.",
            _ when !Grammar().IsMatch(trimmed) => "This is not an e-mail address; it looks like name@example.org.",
            _ => null,
        };
        address = refusal is null ? new EmailAddress(trimmed) : default;
        return refusal is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    [GeneratedRegex(
        @"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
