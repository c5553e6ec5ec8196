using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules.Why;

/// <summary>Collects everything that speaks about somebody and a path, in the order in which it counts: the first decides.</summary>
/// <param name="repository">The repository, read with its access.</param>
/// <param name="model">What decides.</param>
/// <param name="who">Who; null for a visitor.</param>
/// <param name="now">The moment.</param>
internal sealed class ReasonChain(Repository repository, AccessModel model, UserName? who, DateTimeOffset now)
{
    private readonly List<Reason> _reasons = [];

    // Below the root, rules for everyone do not concern owners.
    private bool IsOwner => who is { } person && model.IsOwner(person);

    private string Name => who?.Value ?? "a visitor";

    /// <summary>The chain for a path.</summary>
    internal IReadOnlyList<Reason> For(string path)
    {
        foreach (var above in SelfAndAbove(path).Where(above => above != "/"))
        {
            if (model.Sections.TryGetValue(above, out var section))
                AddRules(above, [.. Named(section), .. IsOwner ? [] : General(section)]);
        }

        AddRoot();
        return [.. _reasons.Select((reason, index) => reason with { Decides = index == 0 })];
    }

    private static IEnumerable<string> SelfAndAbove(string path)
    {
        for (var at = path; at.Length > 1; at = at[..Math.Max(at.LastIndexOf('/'), 1)])
            yield return at;
        yield return "/";
    }

    /// <summary>At the root the grants stand between the rules that name somebody and those for everyone, of which only a more generous one counts.</summary>
    private void AddRoot()
    {
        AddRules("/", Named(model.Root));
        var grants = Grants().OrderByDescending(reason => reason.Access).ToList();
        var general = General(model.Root).Select(rule => Rule("/", rule.Who, rule.Access)).Append(OfVisibility()).ToList();
        var isGrantFirst = grants.Count > 0 && grants[0].Access >= general[0].Access;
        _reasons.AddRange(isGrantFirst ? [.. grants, .. general] : [general[0], .. grants, .. general.Skip(1)]);
    }

    private void AddRules(string path, IEnumerable<(RuleSubject Who, PathAccess Access)> rules) =>
        _reasons.AddRange(rules.Select(rule => Rule(path, rule.Who, rule.Access)));

    private IEnumerable<(RuleSubject Who, PathAccess Access)> Named(PathSection section)
    {
        if (who is not { } person)
            yield break;
        if (section.Users.TryGetValue(person, out var own))
            yield return (new RuleSubject.OfUser(person), own);
        foreach (var (group, access) in section.Groups.Where(entry => model.Groups[entry.Key].Contains(person)).OrderByDescending(entry => entry.Value))
            yield return (new RuleSubject.OfGroup(group), access);
    }

    private IEnumerable<(RuleSubject Who, PathAccess Access)> General(PathSection section)
    {
        if (who is not null && section.SignedIn is { } signedIn)
            yield return (RuleSubject.SignedIn, signedIn);
        if ((who is null ? section.Visitors : section.Anyone) is { } anyone)
            yield return (RuleSubject.Anyone, anyone);
    }

    private Reason Rule(string path, RuleSubject subject, PathAccess access)
    {
        var whom = subject switch
        {
            RuleSubject.OfUser => Name,
            RuleSubject.OfGroup group => $"the group {group.Name}, which {Name} is in,",
            _ when subject == RuleSubject.SignedIn => "everyone signed in",
            _ => "anyone",
        };
        return new Reason(ReasonKind.Rule, Decides: false, access, $"The path rule for {path} says that {whom} {AccessPhrase.May(access)}.", path, subject.ToString());
    }

    private IEnumerable<Reason> Grants()
    {
        foreach (var member in repository.Members.Where(member => member.User.Name == who && !GrantedPeople.IsOver(member.EndsAt, now)))
            yield return Grant($"{Name} is {Members.AccessWords.OneOf(member.Access)}", new RuleSubject.OfUser(member.User.Name), member.Access, member.EndsAt);
        foreach (var grant in repository.GroupGrants.Where(grant => !GrantedPeople.IsOver(grant.EndsAt, now) && grant.Group.Members.Any(member => member.User.Name == who)))
            yield return Grant($"{Name} is in the group {grant.Group.Name}, which is {Members.AccessWords.OneOf(grant.Access)}", new RuleSubject.OfGroup(grant.Group.Name), grant.Access, grant.EndsAt);
    }

    private static Reason Grant(string whoIsWhat, RuleSubject subject, Contracts.Access.AccessLevel level, DateTimeOffset? until)
    {
        var access = AccessModel.ToPathAccess(level);
        var end = until is { } at ? $" until {Shell.Format.Date(at)}" : "";
        return new Reason(
            ReasonKind.Grant, Decides: false, access, $"{whoIsWhat} of the repository{end}.", Who: subject.ToString(), Until: until);
    }

    private Reason OfVisibility()
    {
        var (access, sentence) = repository.Visibility switch
        {
            Visibility.Public => (PathAccess.Read, "The repository is public: anyone may read it."),
            Visibility.Internal when who is not null => (PathAccess.Read, "The repository is internal: everyone signed in may read it."),
            Visibility.Internal => (PathAccess.None, "The repository is internal: only people who sign in may read it."),
            _ => (PathAccess.None, "The repository is private: only those may read it whom a grant or a path rule lets in."),
        };
        return new Reason(ReasonKind.Visibility, Decides: false, access, sentence);
    }
}
