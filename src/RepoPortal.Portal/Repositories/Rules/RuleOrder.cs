namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>The order in which rules are read: by path, and for one path from the closest subject, which decides first, to the widest.</summary>
internal static class RuleOrder
{
    internal static IReadOnlyList<PathRule> Sort(IEnumerable<PathRule> rules) =>
        [.. rules.OrderBy(rule => rule.Path.Value, StringComparer.Ordinal).ThenBy(rule => Width(rule.Who)).ThenBy(rule => rule.Who.ToString(), StringComparer.Ordinal)];

    private static int Width(RuleSubject who) => who switch
    {
        RuleSubject.OfUser => 0,
        RuleSubject.OfGroup => 1,
        _ when who == RuleSubject.SignedIn => 2,
        _ => 3,
    };
}
