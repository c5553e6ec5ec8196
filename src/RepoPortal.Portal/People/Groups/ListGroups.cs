namespace RepoPortal.Portal.People.Groups;

/// <summary>A line in a list of groups.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="Provider">The sign-in provider that decides who is in it; null for a group kept here.</param>
/// <param name="Members">How many people are in it.</param>
/// <param name="IsMember">Whether its reader is in it.</param>
/// <param name="IsOwner">Whether its reader decides who is in it.</param>
public sealed record GroupLine(GroupName Name, string Description, string? Provider, int Members, bool IsMember, bool IsOwner);

/// <summary>Lists the groups somebody is in or owns, by name; every group for administrators.</summary>
internal sealed class ListGroups(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<IReadOnlyList<GroupLine>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Groups
            .Where(group => actor.IsAdministrator || group.Members.Any(member => member.UserId == actor.UserId) || group.Owners.Any(owner => owner.UserId == actor.UserId))
            .OrderBy(group => group.Name)
            .Select(group => new GroupLine(
                group.Name,
                group.Description,
                group.Provider,
                group.Members.Count,
                group.Members.Any(member => member.UserId == actor.UserId),
                group.Owners.Any(owner => owner.UserId == actor.UserId)))
            .ToListAsync(cancellationToken);
    }
}
