using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>That somebody was granted something, by themselves or through a group: a row of a query.</summary>
internal sealed class PersonGrant
{
    internal Guid UserId { get; init; }

    internal RepositoryId RepositoryId { get; init; }

    internal AccessLevel Access { get; init; }

    internal DateTimeOffset? EndsAt { get; init; }
}

/// <summary>Asks who was granted what, for lists: the people's own grants and those of their groups in one query.</summary>
internal static class PersonGrants
{
    /// <summary>Every grant that is not over, groups spread out; the same repository may come several times for somebody.</summary>
    internal static IQueryable<PersonGrant> Grants(this RecordContext record, DateTimeOffset now) => record.Members
        .Where(member => member.EndsAt == null || member.EndsAt > now)
        .Select(member => new PersonGrant { UserId = member.UserId, RepositoryId = member.RepositoryId, Access = member.Access, EndsAt = member.EndsAt })
        .Concat(record.GroupGrants
            .Where(grant => grant.EndsAt == null || grant.EndsAt > now)
            .Join(
                record.GroupMembers,
                grant => grant.GroupId,
                member => member.GroupId,
                (grant, member) => new PersonGrant { UserId = member.UserId, RepositoryId = grant.RepositoryId, Access = grant.Access, EndsAt = grant.EndsAt }));
}
