using System.Collections.Immutable;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>The most that anybody may do anywhere in a repository: what the gateway decides by.</summary>
internal static class RouteLevels
{
    /// <summary>For somebody signed in whom nothing names.</summary>
    internal static AccessLevel OfStrangers(AccessModel model) =>
        AccessModel.ToLevel(model.Sections.Values.Aggregate(model.RootOfStrangers, (most, section) => AccessModel.Max(most, section.AnyoneSignedIn ?? PathAccess.None)));

    /// <summary>For everyone whom a grant, a group or a rule concerns. Walks over each rule once, and not over each rule for each person.</summary>
    internal static ImmutableDictionary<UserName, AccessLevel> OfPeople(AccessModel model)
    {
        var most = new Dictionary<UserName, PathAccess>();
        var named = model.Sections.Values.Select(section => (Section: section, People: section.Named(model.Groups))).ToList();
        foreach (var person in model.Granted.Keys.Concat(named.SelectMany(entry => entry.People.Keys)))
            most.TryAdd(person, model.AtRoot(person));
        foreach (var (section, people) in named)
        {
            foreach (var (person, access) in people)
                most[person] = AccessModel.Max(most[person], access);
            if (section.AnyoneSignedIn is not { } general || general == PathAccess.None)
                continue;
            foreach (var person in most.Keys.Where(person => !people.ContainsKey(person)).ToList())
                most[person] = AccessModel.Max(most[person], general);
        }

        return most.ToImmutableDictionary(
            entry => entry.Key,
            entry => model.IsOwner(entry.Key) ? AccessLevel.Owner : AccessModel.ToLevel(entry.Value));
    }
}
