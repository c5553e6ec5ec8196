namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Reads a whole set of rules as somebody wrote it.</summary>
internal static class ParsedRules
{
    /// <summary>The most rules that a repository has.</summary>
    internal const int Most = 5000;

    /// <summary>All rules, or what is wrong with the first that cannot be taken; the field says which: <c>rules[2].path</c>.</summary>
    internal static Outcome<IReadOnlyList<PathRule>> Parse(IReadOnlyList<WrittenRule?> written)
    {
        if (written.Count > Most)
            return Refusal.Invalid("rules", $"A repository has at most {Most} path rules.");
        var rules = new List<PathRule>(written.Count);
        var places = new Dictionary<(string Path, RuleSubject Who), int>();
        for (var index = 0; index < written.Count; index++)
        {
            if (!RuleDocument.TryParse(written[index] ?? new WrittenRule(null, null, null), out var rule, out var refusal))
                return Refusal.Invalid($"rules[{index}].{refusal!.Field}", $"Rule {index + 1}: {refusal.Sentence}");
            if (!places.TryAdd((rule!.Path.Value, rule.Who), index))
            {
                return Refusal.Invalid(
                    $"rules[{index}]", $"Rule {index + 1} is for the same path and the same people as rule {places[(rule.Path.Value, rule.Who)] + 1}: {rule.Path}, {rule.Who}.");
            }

            rules.Add(rule);
        }

        return rules;
    }
}
