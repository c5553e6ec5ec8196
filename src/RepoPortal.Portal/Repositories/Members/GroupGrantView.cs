using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>A group with access, as shown.</summary>
/// <param name="Group">The group.</param>
/// <param name="Description">What the group is for; may be empty.</param>
/// <param name="Members">How many people are in it.</param>
/// <param name="Access">Read, write or owner.</param>
/// <param name="GrantedAt">Since when.</param>
/// <param name="GrantedBy">By whom.</param>
/// <param name="EndsAt">When it ends; null for no end.</param>
public sealed record GroupGrantView(
    GroupName Group, string Description, int Members, AccessLevel Access, DateTimeOffset GrantedAt, string GrantedBy, DateTimeOffset? EndsAt)
{
    internal static GroupGrantView Of(GroupGrant grant) => new(
        grant.Group.Name, grant.Group.Description, grant.Group.Members.Count, grant.Access, grant.GrantedAt, grant.GrantedBy, grant.EndsAt);
}
