using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>A repository always has somebody who can act as its owner, by themselves or through a group, and nobody shuts themselves out by mistake.</summary>
/// <remarks>Asked when the rows are changed and before they are saved: what is refused is thrown away.</remarks>
internal static class OwnerRules
{
    /// <summary>A refusal when, after an owner's grant was lowered, taken or given an end, nobody owns the repository, or the actor no longer does.</summary>
    /// <param name="who">The person or group whose grant it is.</param>
    internal static Refusal? RefuseLosing(Repository repository, string who, Actor actor, DateTimeOffset now)
    {
        if (!IsOwned(repository, now))
            return Refusal.Conflict($"'{who}' is the last owner; make somebody else an owner first.");
        return actor.IsAdministrator || Owners(repository, now).Any(owner => owner.Id == actor.UserId)
            ? null
            : Refusal.Conflict("You would lock yourself out; another owner can change your access.");
    }

    /// <summary>Whether nobody owns the repository now that the group, which does, has lost members.</summary>
    internal static bool IsOrphaned(Repository repository, Group group, DateTimeOffset now) =>
        repository.GroupGrants.Any(grant => grant.GroupId == group.Id && grant.Access == AccessLevel.Owner) && !IsOwned(repository, now);

    /// <summary>Every owner at that moment, by themselves or through a group; each once.</summary>
    internal static IEnumerable<User> Owners(Repository repository, DateTimeOffset now) =>
        Owners(repository, end => !GrantedPeople.IsOver(end, now));

    // Somebody whose grant has an end is nobody to leave a repository to, and neither is a program.
    private static bool IsOwned(Repository repository, DateTimeOffset now) =>
        Owners(repository, end => end is null).Any(owner => owner.IsActive(now) && owner.Kind != UserKind.Service);

    private static IEnumerable<User> Owners(Repository repository, Func<DateTimeOffset?, bool> counts) =>
        repository.Members.Where(member => member.Access == AccessLevel.Owner && counts(member.EndsAt)).Select(member => member.User)
            .Concat(repository.GroupGrants.Where(grant => grant.Access == AccessLevel.Owner && counts(grant.EndsAt))
                .SelectMany(grant => grant.Group.Members).Select(member => member.User))
            .DistinctBy(user => user.Id);
}
