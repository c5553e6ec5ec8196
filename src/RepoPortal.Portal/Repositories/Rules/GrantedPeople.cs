using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>What each person was granted, by themselves or through groups; the most generous counts.</summary>
internal static class GrantedPeople
{
    internal static Dictionary<UserName, AccessLevel> Of(Repository repository, DateTimeOffset now)
    {
        var granted = new Dictionary<UserName, AccessLevel>();
        foreach (var member in repository.Members.Where(member => !IsOver(member.EndsAt, now)))
            Add(member.User.Name, member.Access);
        foreach (var grant in repository.GroupGrants.Where(grant => !IsOver(grant.EndsAt, now)))
        {
            foreach (var member in grant.Group.Members)
                Add(member.User.Name, grant.Access);
        }

        return granted;

        void Add(UserName name, AccessLevel access)
        {
            if (granted.GetValueOrDefault(name) < access)
                granted[name] = access;
        }
    }

    /// <summary>When the next of the grants ends; null when none does.</summary>
    internal static DateTimeOffset? NextEnd(Repository repository, DateTimeOffset now) =>
        repository.Members.Select(member => member.EndsAt)
            .Concat(repository.GroupGrants.Select(grant => grant.EndsAt))
            .Where(end => end is not null && !IsOver(end, now))
            .Min();

    internal static bool IsOver(DateTimeOffset? end, DateTimeOffset now) => end <= now;
}
