using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>The rules for one path. Of those that concern somebody, the one that names them most closely decides; of several groups, the most generous.</summary>
internal sealed class PathSection
{
    internal Dictionary<UserName, PathAccess> Users { get; } = [];

    internal Dictionary<GroupName, PathAccess> Groups { get; } = [];

    /// <summary>For everyone signed in; null when there is no such rule.</summary>
    internal PathAccess? SignedIn { get; private set; }

    /// <summary>For anyone; null when there is no such rule.</summary>
    internal PathAccess? Anyone { get; private set; }

    /// <summary>For visitors, whom the rule for anyone lets read at most: nobody writes without saying who they are.</summary>
    internal PathAccess? Visitors => Anyone == PathAccess.Write ? PathAccess.Read : Anyone;

    /// <summary>For somebody signed in whom neither a person's nor a group's rule names.</summary>
    internal PathAccess? AnyoneSignedIn => SignedIn ?? Anyone;

    internal void Add(PathRule rule)
    {
        switch (rule.Who)
        {
            case RuleSubject.OfUser user:
                Users[user.Name] = rule.Access;
                break;
            case RuleSubject.OfGroup group:
                Groups[group.Name] = rule.Access;
                break;
            case var who when who == RuleSubject.SignedIn:
                SignedIn = rule.Access;
                break;
            default:
                Anyone = rule.Access;
                break;
        }
    }

    /// <summary>What the rule says that names <paramref name="who"/> or a group of theirs; null when none does.</summary>
    internal PathAccess? Named(UserName who, IReadOnlyDictionary<GroupName, IReadOnlySet<UserName>> groups)
    {
        if (Users.TryGetValue(who, out var own))
            return own;
        PathAccess? most = null;
        foreach (var (group, access) in Groups)
        {
            if ((most is null || access > most) && groups[group].Contains(who))
                most = access;
        }

        return most;
    }

    /// <summary>Everyone whom a person's or a group's rule names, with what it says.</summary>
    internal Dictionary<UserName, PathAccess> Named(IReadOnlyDictionary<GroupName, IReadOnlySet<UserName>> groups)
    {
        var named = new Dictionary<UserName, PathAccess>();
        foreach (var (group, access) in Groups)
        {
            foreach (var member in groups[group])
                named[member] = named.TryGetValue(member, out var other) && other > access ? other : access;
        }

        foreach (var (user, access) in Users)
            named[user] = access;
        return named;
    }
}
