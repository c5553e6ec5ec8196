using System.Globalization;
using System.Text.Json;

namespace RepoPortal.Portal.Repositories.Rules.Pages;

/// <summary>Rules that are being edited: carried by the form itself until they are saved, so that two windows do not disturb each other.</summary>
/// <param name="Rules">The rules in their order.</param>
/// <param name="Version">The version they are edited from.</param>
internal sealed record RuleDraft(IReadOnlyList<PathRule> Rules, int Version)
{
    internal static readonly RuleDraft Empty = new([], 0);

    /// <summary>The form in which a field carries it.</summary>
    internal string Text => RuleDocument.Write(Rules);

    /// <summary>Reads what a field carried; what somebody else wrote into it is no draft.</summary>
    internal static RuleDraft Read(string? text, int version)
    {
        try
        {
            return new RuleDraft(RuleDocument.Read(text ?? "[]"), version);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Empty with { Version = version };
        }
    }

    /// <summary>With a rule that takes the place of one for the same path and people.</summary>
    internal RuleDraft With(PathRule rule) =>
        this with { Rules = RuleOrder.Sort(Rules.Where(other => (other.Path, other.Who) != (rule.Path, rule.Who)).Append(rule)) };

    /// <summary>Without the rule at a place.</summary>
    internal RuleDraft Without(string place) =>
        int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? this with { Rules = [.. Rules.Where((_, at) => at != index)] } : this;

    /// <summary>Where a rule stands.</summary>
    internal string PlaceOf(PathRule rule) => Rules.Index().First(entry => ReferenceEquals(entry.Item, rule)).Index.ToString(CultureInfo.InvariantCulture);
}
