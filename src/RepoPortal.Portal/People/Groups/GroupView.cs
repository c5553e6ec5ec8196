namespace RepoPortal.Portal.People.Groups;

/// <summary>A group as one person sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="Provider">The sign-in provider that decides who is in it; null for a group kept here.</param>
/// <param name="Members">Everyone in it, by display name.</param>
/// <param name="Owners">Those who decide who is in it, by display name.</param>
/// <param name="Uses">The repositories that name it, as far as the viewer may see them, by name.</param>
/// <param name="MayManage">Whether the viewer may change it.</param>
public sealed record GroupView(
    GroupName Name,
    string Description,
    string? Provider,
    IReadOnlyList<PersonView> Members,
    IReadOnlyList<PersonView> Owners,
    IReadOnlyList<GroupUse> Uses,
    bool MayManage)
{
    internal static GroupView Of(Group group, IReadOnlyList<GroupUse> uses, Actor actor) => new(
        group.Name,
        group.Description,
        group.Provider,
        [.. group.Members.Select(member => PersonView.Of(member.User)).OrderBy(person => person.DisplayName, StringComparer.OrdinalIgnoreCase)],
        [.. group.Owners.Select(owner => PersonView.Of(owner.User)).OrderBy(person => person.DisplayName, StringComparer.OrdinalIgnoreCase)],
        uses,
        group.Provider is null && group.MayBeManagedBy(actor));
}
