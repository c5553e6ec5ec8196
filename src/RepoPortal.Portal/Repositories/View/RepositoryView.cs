using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Repositories.View;

/// <summary>A repository as one person sees it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="State">How far it has come.</param>
/// <param name="FailureReason">Why it failed; null unless it did.</param>
/// <param name="Tier">What is promised for it.</param>
/// <param name="Visibility">Who may read it without being a member.</param>
/// <param name="Layout">What it began with.</param>
/// <param name="Owners">Its owners, by themselves or through a group, by display name.</param>
/// <param name="Members">Everyone with access of their own, owners first; empty for a visitor who has not signed in.</param>
/// <param name="Groups">Every group with access, owners first; empty for a visitor who has not signed in.</param>
/// <param name="SvnUrl">What svn clients check out.</param>
/// <param name="Node">The node that holds it; null before one was chosen.</param>
/// <param name="Youngest">Its youngest revision.</param>
/// <param name="SizeBytes">Everything stored for it; null for somebody who may not see all of it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="LastCommitAt">The date of the youngest revision; null before the first commit, and for somebody who may not see all paths.</param>
/// <param name="LastCommitAuthor">Its author; null in the same cases.</param>
/// <param name="MyAccess">What the viewer may do with its content; none for an administrator who only looks after it.</param>
/// <param name="Life">Its earlier names, and whether it is archived or in the trash.</param>
/// <param name="MayManage">Whether the viewer may change settings and people.</param>
public sealed record RepositoryView(
    RepositoryId Id,
    RepositoryName Name,
    string Description,
    RepositoryState State,
    string? FailureReason,
    Tier Tier,
    Visibility Visibility,
    RepositoryLayout Layout,
    IReadOnlyList<MemberView> Owners,
    IReadOnlyList<MemberView> Members,
    IReadOnlyList<GroupGrantView> Groups,
    string SvnUrl,
    string? Node,
    long Youngest,
    long? SizeBytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastCommitAt,
    string? LastCommitAuthor,
    AccessLevel MyAccess,
    RepositoryLife Life,
    bool MayManage)
{
    /// <summary>Its promise beside what was measured; null where that was not asked for.</summary>
    internal PromiseView? Promise { get; init; }

    /// <summary>The id of the tier that was asked for and is not decided yet; null for none, and for those who do not manage it.</summary>
    public string? RequestedTier { get; init; }

    /// <summary>How much may be stored for it, in bytes; null for no limit.</summary>
    public long? QuotaBytes { get; init; }

    /// <summary>Whether that is its own and not its tier's.</summary>
    public bool HasOwnQuota { get; init; }

    internal static RepositoryView Of(Repository repository, Actor actor, PublicAddress address)
    {
        var standing = Standing.Of(repository, actor);
        // The youngest revision may be about paths that are hidden, and a sum tells of its parts.
        var seesEverything = Standing.SeesEverything(repository, actor);
        var isVisitor = actor.UserId is null && !actor.IsAdministrator;
        MemberView[] members =
        [
            .. repository.Members.Select(MemberView.Of)
                .OrderByDescending(member => member.Access).ThenBy(member => member.DisplayName, StringComparer.OrdinalIgnoreCase),
        ];
        return new RepositoryView(
            repository.Id,
            repository.Name,
            repository.Description,
            repository.State,
            repository.FailureReason,
            repository.Tier,
            repository.Visibility,
            repository.Layout,
            [.. MemberView.OwnersOf(repository)],
            isVisitor ? [] : members,
            isVisitor ? [] : [.. repository.GroupGrants.Select(GroupGrantView.Of).OrderByDescending(grant => grant.Access).ThenBy(grant => grant.Group.Value, StringComparer.Ordinal)],
            address.Svn(repository.Name),
            repository.Primary?.NodeName,
            repository.Youngest,
            seesEverything ? repository.SizeBytes : null,
            repository.CreatedAt,
            seesEverything ? repository.LastCommitAt : null,
            seesEverything ? repository.LastCommitAuthor : null,
            standing.Access,
            RepositoryLife.Of(repository),
            standing.MayManage)
        {
            QuotaBytes = repository.EffectiveQuota,
            HasOwnQuota = repository.HasOwnQuota,
        };
    }
}

/// <summary>What has become of a repository since it was made.</summary>
/// <param name="Aliases">Names from before it was renamed, under which it is still reached.</param>
/// <param name="ArchivedAt">Since when nobody may change its content; null unless it is archived.</param>
/// <param name="ArchivedBy">Who archived it.</param>
/// <param name="DeletedAt">When it was deleted; null unless it is in the trash.</param>
/// <param name="DeletedBy">Who deleted it.</param>
/// <param name="GoneAt">Until when it can be taken back.</param>
public sealed record RepositoryLife(
    IReadOnlyList<RepositoryName> Aliases, DateTimeOffset? ArchivedAt, string? ArchivedBy, DateTimeOffset? DeletedAt, string? DeletedBy, DateTimeOffset? GoneAt)
{
    internal static RepositoryLife Of(Repository repository) => new(
        [.. repository.Names.Where(claim => claim.Name != repository.Name && claim.State != NameState.Released)
            .Select(claim => claim.Name).OrderBy(name => name.Value, StringComparer.Ordinal)],
        repository.ArchivedAt,
        repository.ArchivedBy,
        repository.DeletedAt,
        repository.DeletedBy,
        repository.GoneAt);
}

/// <summary>Somebody with access of their own.</summary>
/// <param name="User">The user name.</param>
/// <param name="DisplayName">The name for people.</param>
/// <param name="Kind">Of the house or from elsewhere.</param>
/// <param name="Status">Active or suspended.</param>
/// <param name="Access">Read, write or owner.</param>
/// <param name="GrantedAt">Since when.</param>
/// <param name="GrantedBy">By whom.</param>
/// <param name="EndsAt">When it ends; null for no end.</param>
public sealed record MemberView(
    UserName User,
    string DisplayName,
    UserKind Kind,
    UserStatus Status,
    AccessLevel Access,
    DateTimeOffset GrantedAt,
    string GrantedBy,
    DateTimeOffset? EndsAt)
{
    internal static MemberView Of(Membership member) => Of(member.User, member.Access, member.GrantedAt, member.GrantedBy, member.EndsAt);

    /// <summary>The owners, by themselves or through a group, each once.</summary>
    internal static IEnumerable<MemberView> OwnersOf(Repository repository) =>
        repository.Members.Where(member => member.Access == AccessLevel.Owner).Select(Of)
            .Concat(repository.GroupGrants.Where(grant => grant.Access == AccessLevel.Owner).SelectMany(grant => grant.Group.Members.Select(
                member => Of(member.User, grant.Access, grant.GrantedAt, grant.GrantedBy, grant.EndsAt))))
            .DistinctBy(owner => owner.User)
            .OrderBy(owner => owner.DisplayName, StringComparer.OrdinalIgnoreCase);

    private static MemberView Of(User user, AccessLevel access, DateTimeOffset grantedAt, string grantedBy, DateTimeOffset? endsAt) =>
        new(user.Name, user.DisplayName, user.Kind, user.Status, access, grantedAt, grantedBy, endsAt);
}
