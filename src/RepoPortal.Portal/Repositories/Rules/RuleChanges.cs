using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>What one set of rules has that the set before it had not.</summary>
/// <param name="Added">Rules for a path and people that there was none for.</param>
/// <param name="Removed">Rules that are gone.</param>
/// <param name="Changed">Rules for the same path and people with another access, and the access before.</param>
public sealed record RuleChanges(IReadOnlyList<PathRule> Added, IReadOnlyList<PathRule> Removed, IReadOnlyList<(PathRule Rule, PathAccess Before)> Changed)
{
    internal static RuleChanges Between(IReadOnlyList<PathRule> before, IReadOnlyList<PathRule> after)
    {
        var (had, has) = (before.ToDictionary(Key), after.ToDictionary(Key));
        return new RuleChanges(
            [.. after.Where(rule => !had.ContainsKey(Key(rule)))],
            [.. before.Where(rule => !has.ContainsKey(Key(rule)))],
            [.. after.Where(rule => had.TryGetValue(Key(rule), out var earlier) && earlier.Access != rule.Access).Select(rule => (rule, had[Key(rule)].Access))]);
    }

    private static (RulePath Path, RuleSubject Who) Key(PathRule rule) => (rule.Path, rule.Who);
}
