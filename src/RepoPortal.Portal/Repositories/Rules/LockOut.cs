using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>No owner shuts themselves out by a rule, and one who can change everything stays.</summary>
internal static class LockOut
{
    /// <summary>A refusal when the rules of <paramref name="after"/> would do that; null when they would not.</summary>
    /// <param name="repository">The repository, read with its access.</param>
    /// <param name="before">What decides now.</param>
    /// <param name="after">What would decide.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="now">The moment.</param>
    internal static Refusal? Refuse(Repository repository, AccessModel before, AccessModel after, Actor actor, DateTimeOffset now)
    {
        var paths = AccessWalk.Paths(before, after);
        var (earlier, later) = (new AccessWalk(before, paths), new AccessWalk(after, paths));
        if (actor.Name is { } self && before.Granted.GetValueOrDefault(self) == AccessLevel.Owner)
        {
            var (had, has) = (earlier.Of(self), later.Of(self));
            var lost = Enumerable.Range(0, paths.Count).FirstOrDefault(place => had[place] == PathAccess.Write && has[place] < PathAccess.Write, -1);
            if (lost >= 0)
                return Refusal.Conflict($"You would lock yourself out of {paths[lost]}; add a rule that lets you write there, or ask another owner to save this.");
        }

        var owners = ActiveOwners(repository, now);
        return owners.Any(HasEverything(earlier)) && !owners.Any(HasEverything(later))
            ? Refusal.Conflict("No owner would be left who can change everything in the repository; keep one who can write on every path.")
            : null;
    }

    private static List<UserName> ActiveOwners(Repository repository, DateTimeOffset now) =>
    [
        .. repository.Members.Where(member => member.Access == AccessLevel.Owner && !GrantedPeople.IsOver(member.EndsAt, now)).Select(member => member.User)
            .Concat(repository.GroupGrants.Where(grant => grant.Access == AccessLevel.Owner && !GrantedPeople.IsOver(grant.EndsAt, now))
                .SelectMany(grant => grant.Group.Members.Select(member => member.User)))
            .Where(user => user.IsActive(now))
            .Select(user => user.Name)
            .Distinct(),
    ];

    private static Func<UserName, bool> HasEverything(AccessWalk walk) => owner => walk.Of(owner).All(access => access == PathAccess.Write);
}
