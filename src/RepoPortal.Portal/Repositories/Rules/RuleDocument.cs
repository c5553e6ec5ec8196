using System.Text.Json;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>A rule as it is written in JSON, in the API and in the record.</summary>
/// <param name="Path">The path.</param>
/// <param name="Who"><c>user:NAME</c>, <c>group:NAME</c>, <c>signed-in</c> or <c>anyone</c>.</param>
/// <param name="Access"><c>none</c>, <c>read</c> or <c>write</c>.</param>
internal sealed record WrittenRule(string? Path, string? Who, string? Access);

/// <summary>Reads and writes rule sets as JSON.</summary>
internal static class RuleDocument
{
    internal static string Write(IEnumerable<PathRule> rules) => JsonSerializer.Serialize(rules.Select(Written), JsonSerializerOptions.Web);

    internal static WrittenRule Written(PathRule rule) => new(rule.Path.Value, rule.Who.ToString(), Spelling.Of(rule.Access));

    /// <summary>The repository's present rules; they must have been read with it.</summary>
    internal static IReadOnlyList<PathRule> Read(Repository repository) =>
        repository.RuleSets.SingleOrDefault(rules => rules.IsPresent) is { } present ? Read(present.Rules) : [];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It was altered by somebody else.</exception>
    internal static IReadOnlyList<PathRule> Read(string json) =>
        [.. (JsonSerializer.Deserialize<WrittenRule[]>(json, JsonSerializerOptions.Web) ?? []).Select(written =>
            TryParse(written, out var rule, out var refusal) ? rule! : throw new FormatException(refusal!.Sentence))];

    /// <summary>Parses one rule.</summary>
    internal static bool TryParse(WrittenRule written, out PathRule? rule, out Refusal? refusal)
    {
        (rule, refusal) = (null, null);
        if (!RulePath.TryParse(written.Path, out var path, out var wrongPath))
            refusal = Refusal.Invalid("path", wrongPath);
        else if (!RuleSubject.TryParse(written.Who, out var who, out var wrongWho))
            refusal = Refusal.Invalid("who", wrongWho);
        else if (!Spelling.TryParse<PathAccess>(written.Access, out var access))
            refusal = Refusal.Invalid("access", Spelling.Refuse<PathAccess>(written.Access));
        else
            rule = new PathRule(path, who, access);
        return rule is not null;
    }
}
