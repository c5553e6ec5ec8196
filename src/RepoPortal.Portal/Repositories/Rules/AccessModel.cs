using System.Collections.Immutable;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Everything that decides who may do what with a repository, at one moment; the access file is written from it, and answers the same.</summary>
/// <remarks>
/// For a path, the deepest section at or above it that concerns somebody decides. At the root, the grants of people and groups stand behind the rules that name
/// somebody and before those for everyone; the most generous grant counts. Owners are concerned only by rules that name them or a group of theirs: "anyone may
/// read" is not meant to take the owners' write access away, nor "nobody signed in may see" to shut them out.
/// </remarks>
internal sealed class AccessModel
{
    /// <summary>Somebody signed in whom nothing names: no name at all.</summary>
    internal static readonly UserName Stranger;

    private readonly PathAccess _visitors;
    private readonly PathAccess _strangers;

    private AccessModel(Repository repository, IEnumerable<PathRule> rules, DateTimeOffset now)
    {
        _visitors = repository.Visibility == Visibility.Public ? PathAccess.Read : PathAccess.None;
        _strangers = repository.Visibility == Visibility.Private ? PathAccess.None : PathAccess.Read;
        Granted = GrantedPeople.Of(repository, now);
        Groups = repository.GroupGrants.Select(grant => grant.Group)
            .Concat(repository.RuleGroups.Select(named => named.Group))
            .DistinctBy(group => group.Id)
            .ToDictionary(group => group.Name, group => (IReadOnlySet<UserName>)group.Members.Select(member => member.User.Name).ToHashSet());
        foreach (var rule in rules)
        {
            if (!Sections.TryGetValue(rule.Path.Value, out var section))
                Sections[rule.Path.Value] = section = new PathSection();
            section.Add(rule);
        }

        Root = Sections.GetValueOrDefault("/") ?? new PathSection();
    }

    /// <summary>What people were granted, groups spread out.</summary>
    internal IReadOnlyDictionary<UserName, AccessLevel> Granted { get; }

    /// <summary>The members of every group that a grant or a rule names.</summary>
    internal IReadOnlyDictionary<GroupName, IReadOnlySet<UserName>> Groups { get; }

    /// <summary>The rules by path.</summary>
    internal SortedDictionary<string, PathSection> Sections { get; } = new(StringComparer.Ordinal);

    /// <summary>The rules for the root; without any rule when there are none.</summary>
    internal PathSection Root { get; }

    /// <summary>What a visitor may do with the root.</summary>
    internal PathAccess RootOfVisitors => Root.Visitors ?? _visitors;

    /// <summary>What somebody signed in may do with the root whom nothing names.</summary>
    internal PathAccess RootOfStrangers => Root.AnyoneSignedIn ?? _strangers;

    /// <summary>The model by the repository's present rules. It must have been read with <see cref="RepositoryQueries.WithAccess"/>.</summary>
    internal static AccessModel Of(Repository repository, DateTimeOffset now) => new(repository, RuleDocument.Read(repository), now);

    /// <summary>The model as it would be with other rules; every group they name must be among the repository's.</summary>
    internal static AccessModel Of(Repository repository, IEnumerable<PathRule> rules, DateTimeOffset now) => new(repository, rules, now);

    /// <summary>What <paramref name="who"/> may do with a path; null is a visitor without credentials.</summary>
    internal PathAccess Check(UserName? who, string path)
    {
        for (var at = path; at.Length > 1; at = at[..Math.Max(at.LastIndexOf('/'), 1)])
        {
            if (Sections.TryGetValue(at, out var section) && Said(section, who) is { } said)
                return said;
        }

        return AtRoot(who);
    }

    /// <summary>What <paramref name="who"/> may do with the root.</summary>
    internal PathAccess AtRoot(UserName? who)
    {
        if (who is not { } person)
            return RootOfVisitors;
        if (Root.Named(person, Groups) is { } named)
            return named;
        return Granted.TryGetValue(person, out var level) ? Max(ToPathAccess(level), RootOfStrangers) : RootOfStrangers;
    }

    /// <summary>The most that <paramref name="who"/> may do anywhere; owner when they are one.</summary>
    internal AccessLevel Most(UserName? who)
    {
        if (who is { } person && IsOwner(person))
            return AccessLevel.Owner;
        var most = AtRoot(who);
        foreach (var section in Sections.Values)
        {
            if (Said(section, who) is { } said)
                most = Max(most, said);
        }

        return ToLevel(most);
    }

    /// <summary>Whether there is no path that <paramref name="who"/> may not see.</summary>
    internal bool SeesEverything(UserName? who) =>
        AtRoot(who) != PathAccess.None && Sections.All(section => section.Key == "/" || Said(section.Value, who) != PathAccess.None);

    internal static PathAccess Max(PathAccess one, PathAccess other) => one > other ? one : other;

    internal static PathAccess ToPathAccess(AccessLevel level) => level switch
    {
        AccessLevel.None => PathAccess.None,
        AccessLevel.Read => PathAccess.Read,
        _ => PathAccess.Write,
    };

    internal static AccessLevel ToLevel(PathAccess access) => access switch
    {
        PathAccess.None => AccessLevel.None,
        PathAccess.Read => AccessLevel.Read,
        _ => AccessLevel.Write,
    };

    /// <summary>What a path's rules say about <paramref name="who"/>; null when they say nothing.</summary>
    internal PathAccess? Said(PathSection section, UserName? who) =>
        who is not { } person ? section.Visitors : section.Named(person, Groups) ?? (IsOwner(person) ? null : section.AnyoneSignedIn);

    /// <summary>Whether a grant makes somebody an owner.</summary>
    internal bool IsOwner(UserName who) => Granted.GetValueOrDefault(who) == AccessLevel.Owner;
}
