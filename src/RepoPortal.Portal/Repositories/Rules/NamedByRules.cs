using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Finds whom rules name.</summary>
internal static class NamedByRules
{
    /// <summary>The groups that rules name, with their members; a refusal when there is no such person or group.</summary>
    internal static async Task<Outcome<IReadOnlyList<Group>>> FindAsync(RecordContext record, IReadOnlyList<PathRule> rules, CancellationToken cancellationToken)
    {
        var users = rules.Select(rule => rule.Who).OfType<RuleSubject.OfUser>().Select(who => UserQueries.Normalize(who.Name.Value)).Distinct(StringComparer.Ordinal).ToList();
        var known = (await record.Users.Where(user => users.Contains(user.NormalizedUserName!)).Select(user => user.UserName).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var names = rules.Select(rule => rule.Who).OfType<RuleSubject.OfGroup>().Select(who => who.Name).Distinct().ToList();
        var groups = await record.Groups.Where(group => names.Contains(group.Name))
            .Include(group => group.Members).ThenInclude(member => member.User)
            .ToListAsync(cancellationToken);
        var found = groups.Select(group => group.Name).ToHashSet();
        for (var index = 0; index < rules.Count; index++)
        {
            if (Refuse(rules[index].Who, known, found) is { } sentence)
                return Refusal.Invalid($"rules[{index}].who", $"Rule {index + 1}: {sentence}");
        }

        return groups;
    }

    private static string? Refuse(RuleSubject who, HashSet<string?> users, HashSet<GroupName> groups) => who switch
    {
        RuleSubject.OfUser user when !users.Contains(user.Name.Value) => $"There is nobody called '{user.Name}' here.",
        RuleSubject.OfGroup group when !groups.Contains(group.Name) => $"There is no group called '{group.Name}' here.",
        _ => null,
    };
}
