using System.Collections.Immutable;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>People whom the grants and rules of two models treat alike on every path, so that one answer stands for all of them.</summary>
/// <param name="Who">One of them to ask for; null for visitors.</param>
/// <param name="People">All of them by name; empty for everybody signed in whom nothing names, and for visitors.</param>
internal sealed record AccessClass(UserName? Who, ImmutableArray<UserName> People)
{
    /// <summary>Everybody signed in whom nothing names.</summary>
    internal static readonly AccessClass Strangers = new(AccessModel.Stranger, []);

    /// <summary>Those without credentials.</summary>
    internal static readonly AccessClass Visitors = new(null, []);

    /// <summary>The classes of two models of one repository; people whom a rule names by themselves are a class each.</summary>
    internal static IReadOnlyList<AccessClass> Of(AccessModel before, AccessModel after)
    {
        var alone = before.Sections.Values.Concat(after.Sections.Values).SelectMany(section => section.Users.Keys).ToHashSet();
        var groups = before.Groups.Concat(after.Groups).DistinctBy(group => group.Key).OrderBy(group => group.Key.Value, StringComparer.Ordinal).ToList();
        var memberships = new Dictionary<UserName, List<int>>();
        for (var index = 0; index < groups.Count; index++)
        {
            foreach (var member in groups[index].Value)
                (memberships.TryGetValue(member, out var list) ? list : memberships[member] = []).Add(index);
        }

        return
        [
            .. before.Granted.Keys.Concat(alone).Concat(memberships.Keys).Distinct()
                .GroupBy(Signature, StringComparer.Ordinal)
                .Select(people => new AccessClass(people.First(), [.. people.OrderBy(person => person.Value, StringComparer.Ordinal)])),
            Strangers,
            Visitors,
        ];

        string Signature(UserName person) => alone.Contains(person)
            ? person.Value
            : $"{before.Granted.GetValueOrDefault(person)} {(memberships.TryGetValue(person, out var indices) ? string.Join(' ', indices) : "")}";
    }
}
