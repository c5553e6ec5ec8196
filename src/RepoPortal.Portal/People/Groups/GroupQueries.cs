using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.People.Groups;

/// <summary>The ways in which use cases read a group. People of the house may look any group up, because they may grant it something.</summary>
internal static class GroupQueries
{
    /// <summary>With its members and owners, tracked.</summary>
    internal static IQueryable<Group> Whole(this IQueryable<Group> groups) => groups
        .Include(group => group.Members).ThenInclude(member => member.User)
        .Include(group => group.Owners).ThenInclude(owner => owner.User)
        .AsSplitQuery();

    /// <summary>The one of that name, when it exists and the actor may know that it does.</summary>
    internal static async Task<Outcome<Group>> FindVisibleAsync(this IQueryable<Group> groups, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (GroupName.TryParse(name, out var parsed, out _)
            && await groups.Whole().SingleOrDefaultAsync(group => group.Name == parsed, cancellationToken) is { } found
            && found.MayBeSeenBy(actor))
        {
            return found;
        }

        return Refusal.NotFound($"There is no group called '{name}'.");
    }

    /// <summary>The same, for a use case that only the group's owners and administrators may run, and not for a group that a provider decides about.</summary>
    /// <param name="what">What is refused to others, at the end of a sentence: "delete it".</param>
    internal static async Task<Outcome<Group>> FindManagedAsync(
        this IQueryable<Group> groups, string name, Actor actor, string what, CancellationToken cancellationToken)
    {
        var found = await groups.FindVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var group, out _))
            return found;
        if (!group.MayBeManagedBy(actor))
            return Refusal.Forbidden($"Only an owner of the group may {what}.");
        return group.RefuseProvided() is { } refusal ? refusal : group;
    }

    /// <summary>The repositories that a change of the group's members touches: those that grant it something, and those whose rules name it.</summary>
    internal static IQueryable<Repository> Using(this IQueryable<Repository> repositories, Group group) => repositories.Where(repository =>
        repository.GroupGrants.Any(grant => grant.GroupId == group.Id) || repository.RuleGroups.Any(named => named.GroupId == group.Id));

    internal static bool MayBeSeenBy(this Group group, Actor actor) =>
        actor.IsAdministrator || actor is { UserId: not null, Kind: UserKind.Internal } || group.Members.Any(member => member.UserId == actor.UserId) || group.IsOwnedBy(actor);

    internal static bool MayBeManagedBy(this Group group, Actor actor) => actor.IsAdministrator || group.IsOwnedBy(actor);

    /// <summary>A refusal for a group whose members a sign-in provider decides about; null for one kept here.</summary>
    internal static Refusal? RefuseProvided(this Group group) => group.Provider is { } provider
        ? Refusal.Conflict($"The group '{group.Name}' comes from the sign-in provider '{provider}', which decides who is in it.")
        : null;

    private static bool IsOwnedBy(this Group group, Actor actor) => group.Owners.Any(owner => owner.UserId == actor.UserId);
}
